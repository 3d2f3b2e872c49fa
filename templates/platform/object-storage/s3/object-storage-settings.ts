import { z } from "zod";

export const objectStorageSettings = z.object({
  /** The bucket, which is there already. */
  bucket: z.string().min(3).default("objects"),
  /** The path in the bucket that all objects of the application lie below, such as `shop/production`. */
  folder: z
    .string()
    .regex(/^[\w-]+(?:\/[\w-]+)*$/)
    .optional(),
  /** Where the server listens; for Amazon leave it out, and it follows from the region. */
  endpoint: z.url().optional(),
  region: z.string().min(1).default("us-east-1"),
  /** Left out, the credentials are found as the AWS SDK finds them: in the environment, in files, by the role of the machine. */
  accessKeyId: z.string().min(1).optional(),
  secretAccessKey: z.string().min(1).optional(),
  /** Does the bucket stand in the path, and not in the host name? Most servers but Amazon's want it. */
  pathStyle: z.boolean().default(true),
  /** How large the parts are that a large object is uploaded in, in bytes. */
  partBytes: z.number().int().min(5_242_880).default(8_388_608),
  /** How long a call may take, with the attempts that are made again, in milliseconds. */
  timeoutMs: z.number().int().positive().default(30_000),
});

export type ObjectStorageSettings = z.infer<typeof objectStorageSettings>;

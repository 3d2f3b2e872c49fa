import { z } from "zod";

export const objectStorageSettings = z.object({
  /** Where the objects are. Made when it is not there. */
  folder: z.string().min(1).default("data/objects"),
  /** What signed URLs begin with: where the application serves them. Without it `signedUrl` is `UNSUPPORTED`. */
  publicUrl: z.url({ protocol: /^https?$/ }).optional(),
  /** What URLs are signed with, at least 32 characters; every process that serves them has the same. */
  signingKey: z.string().min(32).optional(),
  /** How long a call may take, in milliseconds. */
  timeoutMs: z.number().int().positive().default(30_000),
});

export type ObjectStorageSettings = z.infer<typeof objectStorageSettings>;

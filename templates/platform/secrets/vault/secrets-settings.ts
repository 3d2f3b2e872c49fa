import { z } from "zod";

export const secretsSettings = z.object({
  /** Where Vault listens. */
  url: z.url().default("http://127.0.0.1:8200"),
  /** The namespace of Vault Enterprise. */
  namespace: z.string().min(1).optional(),
  /** Where the key-value engine, of version 2, is mounted. */
  mount: z
    .string()
    .regex(/^[\w-]+(?:\/[\w-]+)*$/)
    .default("secret"),
  /** The path that all secrets of the application lie below, such as `shop/production`. */
  folder: z
    .string()
    .regex(/^[\w-]+(?:\/[\w-]+)*$/)
    .optional(),
  /** The field of a secret that holds its text: `billing.stripe-key` is the field `value` of `billing/stripe-key`. */
  field: z.string().min(1).default("value"),
  /** A token to begin with. Leave it out where a Vault Agent adds it. */
  token: z.string().min(1).optional(),
  /** The role to log in with instead of a token, and again whenever its token ends. */
  roleId: z.string().min(1).optional(),
  secretId: z.string().min(1).optional(),
  /** Where the login of roles is mounted. */
  roleMount: z
    .string()
    .regex(/^[\w-]+(?:\/[\w-]+)*$/)
    .default("approle"),
  /** How long a call may take, in milliseconds. */
  timeoutMs: z.number().int().positive().default(5_000),
});

export type SecretsSettings = z.infer<typeof secretsSettings>;

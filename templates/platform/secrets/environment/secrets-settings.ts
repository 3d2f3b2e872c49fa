import { z } from "zod";

export const secretsSettings = z.object({
  /** Where secrets are mounted, a file each: `billing.stripe-key` is `/run/secrets/billing.stripe-key`. */
  folder: z.string().min(1).default("/run/secrets"),
  /** What the environment variables of secrets begin with: `billing.stripe-key` is `SECRET_BILLING__STRIPE_KEY`. */
  prefix: z
    .string()
    .regex(/^[A-Z][A-Z0-9_]*$/)
    .default("SECRET_"),
  /** How long a call may take, in milliseconds. */
  timeoutMs: z.number().int().positive().default(2_000),
});

export type SecretsSettings = z.infer<typeof secretsSettings>;

import { z } from "zod";

/** The settings of the database. */
export const databaseSettings = z.object({
  /** Where the server is, as `postgres://user:password@host:port/database`; `?sslmode=verify-full` for TLS. */
  url: z.url({ protocol: /^postgres(ql)?$/ }).default("postgres://postgres@127.0.0.1:5432/postgres"),
  /** How many connections this process may have. */
  maxConnections: z.number().int().positive().default(10),
  /** How long it may take to connect, in milliseconds. */
  connectTimeoutMs: z.number().int().positive().default(5_000),
  /** How long a call may take that does not say so itself, in milliseconds; waiting for a connection is part of it. */
  timeoutMs: z.number().int().positive().default(10_000),
  /** After which time the server itself stops a statement, in milliseconds, whatever the call says. */
  statementTimeoutMs: z.number().int().positive().default(60_000),
});

export type DatabaseSettings = z.infer<typeof databaseSettings>;

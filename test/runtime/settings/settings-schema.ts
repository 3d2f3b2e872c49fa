import type { SchemaIssue, StandardSchema } from "../../../src/runtime/settings/schema.js";

export interface MailSettings {
  readonly port: number;
  readonly sender: string;
  readonly smtp: { readonly host: string; readonly password?: string; readonly tls: boolean };
}

/** A schema as one writes it by hand: a default for `port` and `smtp.tls`, and every issue at once. */
export const mailSchema: StandardSchema<MailSettings> = schemaOf((value) => {
  const { port = 8080, sender, smtp = {} } = value as Record<string, unknown>;
  const { host, password, tls = false } = smtp as Record<string, unknown>;
  const issues: SchemaIssue[] = [];
  const expect = (isValid: boolean, message: string, ...path: string[]) => {
    if (!isValid) issues.push({ message, path });
  };
  expect(typeof port === "number", "must be a number", "port");
  expect(typeof port !== "number" || port < 2 ** 16, "must be below 65536", "port");
  expect(typeof sender === "string", "must be a text", "sender");
  expect(typeof host === "string", "must be a text", "smtp", "host");
  expect(typeof tls === "boolean", "must be true or false", "smtp", "tls");
  if (issues.length > 0) return { issues };
  return {
    value: { port, sender, smtp: { host, tls, ...(password === undefined ? {} : { password }) } } as MailSettings,
  };
});

/** A schema of whatever the function accepts. */
export function schemaOf<Output>(validate: StandardSchema<Output>["~standard"]["validate"]): StandardSchema<Output> {
  return { "~standard": { version: 1, vendor: "test", validate } };
}

/** A schema that takes everything as it is. */
export const anySchema: StandardSchema = schemaOf((value) => ({ value }));

import type { Result } from "./result.js";

const MAX_DEPTH = 64;

/**
 * The Result in a form that JSON can keep: each Error in the `cause` and `details` of a Failure becomes a plain
 * `{ name, message, code?, cause?, errors? }`, without its stack. Data stays as it is.
 */
export function toPlainResult<R extends Result<unknown>>(result: R): R {
  return result.success ? result : (toPlain(result, []) as R);
}

/** What a circle leads back to, and what lies too deep, is named and left out: JSON cannot hold the one, a stack the other. */
function toPlain(value: unknown, path: readonly unknown[]): unknown {
  if (typeof value === "bigint") return String(value);
  if (typeof value !== "object" || value === null) return value;
  if (path.includes(value)) return "[circular]";
  if (path.length > MAX_DEPTH) return "[too deep]";

  const plain = (inner: unknown) => toPlain(inner, [...path, value]);
  if (Array.isArray(value)) return value.map(plain);
  if (value instanceof Error) return mapValues(pickFields(value), plain);
  return "toJSON" in value && typeof value.toJSON === "function" ? plain(value.toJSON()) : mapValues(value, plain);
}

function pickFields({ name, message, code, cause, errors }: Error & { code?: unknown; errors?: unknown }): object {
  return { name, message, code, cause, errors };
}

function mapValues(fields: object, change: (value: unknown) => unknown): object {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries.map(([name, value]) => [name, change(value)]));
}

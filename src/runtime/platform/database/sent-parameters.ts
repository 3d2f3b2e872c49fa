import type { SqlParameter, SqlValue } from "./database.js";
import { SqlFailure } from "./sql-failure.js";
import type { SentParameter } from "./sql-pool.js";

/** The protocol counts parameters in 16 bits, and clients do not notice when there are more. */
const mostParameters = 65_535;

/** The parameters as all adapters send them, so that none of them makes something else of a value. */
export function toSent(sql: string, params: readonly SqlParameter[]): SentParameter[] {
  requireUnicode(sql, "the statement");
  if (params.length <= mostParameters) return params.map((value, index) => toSentValue(value, `$${index + 1}`));
  throw new SqlFailure(
    "QUERY_FAILED",
    `${params.length} parameters are too many: send an array, or several statements`,
  );
}

function toSentValue(value: SqlParameter, name: string): SentParameter {
  if (value === null || value instanceof Uint8Array) return value;
  return Array.isArray(value) ? arrayText(value, name) : textOf(value as SqlValue, name);
}

function textOf(value: unknown, name: string): string {
  if (typeof value === "string") return requireUnicode(value, name);
  if (typeof value === "number" || typeof value === "bigint" || typeof value === "boolean") return String(value);
  if (value instanceof Date && !Number.isNaN(value.getTime())) return value.toISOString();
  const kind =
    value instanceof Date ? "an invalid date" : value === undefined ? "undefined" : `of type ${typeof value}`;
  throw new SqlFailure("QUERY_FAILED", `${name} is ${kind}: send null, a plain value, a list of them, or JSON as text`);
}

/** Node would replace half a surrogate pair without a word. */
function requireUnicode(text: string, name: string): string {
  if (!/\0|\p{Surrogate}/u.test(text)) return text;
  throw new SqlFailure("QUERY_FAILED", `${name} holds a zero character or half a surrogate pair, which no text may`);
}

function arrayText(values: readonly SqlValue[], name: string): string {
  return `{${values.map((value) => elementText(value, name)).join(",")}}`;
}

function elementText(value: SqlValue, name: string): string {
  if (value === null) return "NULL";
  const text = value instanceof Uint8Array ? `\\x${Buffer.from(value).toString("hex")}` : textOf(value, name);
  return `"${text.replace(/["\\]/g, "\\$&")}"`;
}

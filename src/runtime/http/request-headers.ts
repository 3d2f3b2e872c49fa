import { isSecretName } from "../settings/secret-name.js";
import { invalidHeader, notARecord } from "./errors.js";
import type { HttpHeaders } from "./http-options.js";

/** Headers by name in lower case. */
export type HeaderMap = ReadonlyMap<string, string>;

const ofTheConnection = new Set(["connection", "keep-alive", "transfer-encoding", "upgrade", "expect"]);

/** The headers with those of the record in place of theirs. */
export function mergeHeaders(call: string, headers: HeaderMap, record: HttpHeaders = {}): Map<string, string> {
  if (Symbol.iterator in record) throw notARecord(call, "headers");
  const merged = new Map(headers);
  for (const [name, value] of Object.entries(record)) {
    requireHeader(call, name, value);
    if (value === undefined) merged.delete(name.toLowerCase());
    else merged.set(name.toLowerCase(), value);
  }
  return merged;
}

/** What may go to another origin: nothing that proves to the first one who is asking. */
export function withoutSecrets(headers: HeaderMap): Map<string, string> {
  return new Map([...headers].filter(([name]) => name !== "host" && !isSecretName(name)));
}

function requireHeader(call: string, name: string, value: unknown): void {
  if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name)) throw invalidHeader(call, name, "has a name that is no token");
  if (ofTheConnection.has(name.toLowerCase())) throw invalidHeader(call, name, "is up to the client: leave it out");
  if (value === undefined) return;
  if (typeof value !== "string") throw invalidHeader(call, name, `must be a text, not of the type ${typeof value}`);
  if (/[^\t\x20-\x7e\x80-\xff]/.test(value)) {
    throw invalidHeader(call, name, "has a character, such as a line break, that no header may have");
  }
}

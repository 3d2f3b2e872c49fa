import { createHash } from "node:crypto";
import type { Finding } from "../finding.js";

/**
 * A name for each finding that stays the same when lines are added or removed elsewhere: made of rule, file, message and
 * the line's own text, and of a count where a file has the same more than once.
 */
export function fingerprintAll(findings: readonly Finding[]): string[] {
  const seen = new Map<string, number>();
  return findings.map(({ rule, file, message, excerpt }) => {
    const content = JSON.stringify([rule, file, message, excerpt.text.trim()]);
    const earlier = seen.get(content) ?? 0;
    seen.set(content, earlier + 1);
    return createHash("sha256").update(`${content} ${earlier}`).digest("hex").slice(0, 32);
  });
}

import { dirname } from "node:path";

/**
 * Is the file for this process to lint? The gate runs a large workspace in several processes, each with a checker of its
 * own: `PHASEWISE_SHARE=0/2` leaves to this one the first half. A folder is never divided, as its files know each other.
 */
export function isOurs(fileName: string): boolean {
  return parts < 2 || hash(dirname(fileName)) % parts === own;
}

const [own = 0, parts = 1] = (process.env["PHASEWISE_SHARE"] ?? "").split("/").map(Number);

/** FNV-1a: the same in every process, and even over folders that differ in a digit. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  return value >>> 8;
}

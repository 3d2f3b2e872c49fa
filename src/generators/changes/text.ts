import { readFile } from "node:fs/promises";
import { GeneratorError } from "../errors.js";

/** The text of a file, with its byte order mark; what is no text is refused, because it could not be put back as it was. */
export async function readText(target: string, path: string): Promise<string> {
  const bytes = await readFile(target);
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    const message = `Nothing was written: ${path} is no text in UTF-8. Convert it, or move it away, then run the command again.`;
    throw new GeneratorError("CONFLICT", message, { cause });
  }
}

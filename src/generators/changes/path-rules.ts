import { quotePath } from "./paths.js";

// The longest name of a file on the common file systems, less what its staging place adds.
const MAX_NAME_BYTES = 255 - ".".length - ".phasewise-tmp".length;
const MAX_PATH_BYTES = 1024;
const WINDOWS_DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d|conin\$|conout\$|clock\$)\s*(?:\.|$)/i;

/**
 * What keeps a path from being made on any system that a workspace may be checked out on, as a reason; else `undefined`.
 * It asks nothing of a file that exists.
 */
export function findPathProblem(path: string): string | undefined {
  const bytes = Buffer.byteLength(path);
  if (bytes > MAX_PATH_BYTES) return `it is ${bytes} bytes long, and ${MAX_PATH_BYTES} is the limit`;
  const problems = path.split("/").map((name) => findNameProblem(name));
  return problems.find((problem) => problem !== undefined);
}

function findNameProblem(name: string): string | undefined {
  const shown = quotePath(name);
  const bytes = Buffer.byteLength(name);
  if (bytes > MAX_NAME_BYTES) return `a name in it is ${bytes} bytes long, and ${MAX_NAME_BYTES} is the limit`;
  const problem = findCharacterProblem(name) ?? findScriptProblem(name);
  if (problem !== undefined) return `${shown} ${problem}`;
  if (/^\s|[\s.]$/u.test(name)) return `${shown} begins with a space, or ends with a space or a dot`;
  if (WINDOWS_DEVICE.test(name)) return `${shown} is the name of a device on Windows`;
  if (/^(?:\.git|git~\d+)$/i.test(name)) return `${shown} belongs to git`;
  return undefined;
}

function findCharacterProblem(name: string): string | undefined {
  const found = /[^\p{L}\p{M}\p{N}\x20-\x7e]|[\\:*?"<>|]/u.exec(name)?.[0];
  if (found !== undefined) return `has the character ${codePointOf(found)}, which is not allowed in names`;
  if (name.normalize("NFKC") !== name) return "has characters that look like others, or are not composed (NFKC)";
  return /^\p{M}/u.test(name) ? "begins with a mark that belongs to a letter" : undefined;
}

function codePointOf(character: string): string {
  return `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")}`;
}

const scripts = [
  /\p{Script=Latin}/u,
  /\p{Script=Cyrillic}/u,
  /\p{Script=Greek}/u,
  // Any other but those that nobody takes for Latin.
  /(?!\p{Script=Latin}|\p{Script=Cyrillic}|\p{Script=Greek})(?!\p{Script=Han}|\p{Script=Hangul}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Common})\p{L}/u,
];

// Letters that cannot be told from Latin ones, alone or in a whole word.
const LOOKS_LATIN = /^[асеорхуіјѕһԁԛԝвкмнтьАВСЕНІЈКМОРЅТХУԌԚԜοανρικυΑΒΕΖΗΙΚΜΝΟΡΤΥΧ]+$/u;

/** An extension such as `.ts` may have another script than what is before it. */
function findScriptProblem(name: string): string | undefined {
  for (const part of name.split(".")) {
    if (scripts.filter((letters) => letters.test(part)).length > 1)
      return "mixes letters of several scripts, which may look alike";
    if (LOOKS_LATIN.test(part.replace(/[^\p{L}]/gu, ""))) return "has letters that look like Latin ones, and are none";
  }
  return undefined;
}

/** A name as file systems see it that do not tell case apart. */
export function foldName(name: string): string {
  return name.normalize("NFKC").toUpperCase().toLowerCase();
}

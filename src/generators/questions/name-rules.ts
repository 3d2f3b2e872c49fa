const RESERVED_WORDS = new Set(
  (
    "arguments await break case catch class const constructor continue debugger default delete do else enum eval export " +
    "extends false finally for function if implements import in instanceof interface let new null package private " +
    "protected prototype public return static super switch this throw true try typeof undefined var void while with yield"
  ).split(" "),
);
const WINDOWS_DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)$/;
const LETTERS_AND_DIGITS = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const MAX_LENGTH = 64;

/** What keeps a text from being a kebab-case name that is safe as a file, a class and a variable; else `undefined`. */
export function findNameProblem(name: string): string | undefined {
  if (name === "") return "it is empty";
  if (name.length > MAX_LENGTH) return `it is ${name.length} characters long, and ${MAX_LENGTH} is the limit`;
  if (!LETTERS_AND_DIGITS.test(name))
    return `only lower-case words of a-z and 0-9 joined by "-" are allowed, starting with a letter`;
  if (RESERVED_WORDS.has(name)) return `"${name}" is a reserved word of TypeScript`;
  if (WINDOWS_DEVICE.test(name)) return `"${name}" is the name of a device on Windows`;
  return undefined;
}

/** The same for a module id: names joined by dots. */
export function findModuleIdProblem(id: string): string | undefined {
  if (id.length > MAX_LENGTH || id === "") return findNameProblem(id);
  const parts = id.split(".");
  const names = parts.filter((part) => part !== "");
  const problem = names.map(findNameProblem).find((found) => found !== undefined);
  return problem ?? (names.length < parts.length ? "its parts must be joined by single dots" : undefined);
}

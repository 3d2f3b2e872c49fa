import type { ShapeChecks } from "./shape.js";

// What ESLint and oxlint do not read alike.
const problems: readonly (readonly [RegExp, string])[] = [
  [/^$/, "is empty"],
  [/^\s|\s$/, "begins or ends with a blank"],
  [/^!/, "begins with `!`: name the files themselves"],
  [/^(?:\/|[A-Za-z]:)/, "is absolute: globs start from the workspace"],
  [/^\.\.?(?:\/|$)/, "begins with a dot and a slash: globs start from the workspace"],
  [/[+@?*!]\(/, "has alternatives in parentheses: write `{a,b}`"],
  [/\{[^},]*\.\.[^},]*\}/, "has a range in braces: write `{a,b}`"],
  [/\[\[:/, "has a class of characters by name: write `[a-z]`"],
];

/** Globs that ESLint and oxlint read alike. */
export function readGlobs(value: unknown, key: string, check: ShapeChecks): string[] {
  return check.list(value, `\`${key}\``, "globs").map((glob, index) => {
    const place = `\`${key}[${index}]\``;
    if (typeof glob !== "string") return check.fail(`${place} has to be a glob such as "src/**/*.ts".`);
    const problem = problems.find(([pattern]) => pattern.test(glob))?.[1];
    return problem === undefined ? glob : check.fail(`${place} ${problem}. It is ${JSON.stringify(glob)}.`);
  });
}

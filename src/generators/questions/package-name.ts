import type { OptionalQuestion } from "./question.js";

/** The name of a package; without an answer the folder's name is taken. */
export function packageName() {
  return {
    form: "text",
    optional: true,
    message: "Name in package.json; the folder's name if not given",
    check: checkPackageName,
  } as const satisfies OptionalQuestion;
}

/** What is wrong with the name of a package, by npm's rules; else `undefined`. */
export function checkPackageName(name: string): string | undefined {
  const part = "[a-z0-9][a-z0-9._-]*";
  const wellFormed = new RegExp(`^(@${part}/)?${part}$`).test(name) && name.length <= 214;
  if (wellFormed && name !== "node_modules") return undefined;
  return (
    `${JSON.stringify(name)} is not a package name: use at most 214 of a-z, 0-9, ".", "_" and "-", starting with a letter ` +
    "or digit, with a scope in front if you like. Examples: shop, @acme/shop."
  );
}

import type { CheckerSymbol } from "../type-checker/types.js";

/** Is it one of JavaScript's own: declared by `lib.es2023.array.d.ts` and its like, and not by those of browsers? */
export function isLanguageFunction({ declarations }: CheckerSymbol): boolean {
  return declarations.some(({ path }) => /\/lib\.es\w*(?:\.[\w.]+)?\.d\.ts$/.test(path));
}

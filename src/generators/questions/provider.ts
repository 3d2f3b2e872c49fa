import { didYouMean } from "../did-you-mean.js";
import type { RequiredQuestion } from "./question.js";

/** Whose continuous integration it is. */
export function provider(names: readonly string[]) {
  return {
    form: "text",
    message: `Where the repository is: ${names.join(" or ")}`,
    check: (name) => checkProvider(name, names),
    choices: async () => names,
  } as const satisfies RequiredQuestion;
}

function checkProvider(name: string, names: readonly string[]): string | undefined {
  if (names.includes(name)) return undefined;
  return `${JSON.stringify(name)} is no provider.${didYouMean(name, names)} There are: ${names.join(", ")}.`;
}

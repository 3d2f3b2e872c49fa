import { didYouMean } from "../did-you-mean.js";
import type { RequiredQuestion } from "./question.js";

/** A service that applications need of their platform, such as a database. */
export function platformService(names: readonly string[]) {
  return {
    form: "text",
    positional: true,
    message: "Service of the platform, such as database",
    check: (name) => checkOneOf("platform service", name, names),
    choices: async () => names,
  } as const satisfies RequiredQuestion;
}

/** What stands behind a platform service, such as postgres. */
export function platformAdapter(names: readonly string[]) {
  return {
    form: "text",
    message: "Adapter, such as postgres",
    check: (name) => checkOneOf("adapter", name, names),
    choices: async () => names,
  } as const satisfies RequiredQuestion;
}

function checkOneOf(noun: string, name: string, names: readonly string[]): string | undefined {
  if (names.includes(name)) return undefined;
  return `${JSON.stringify(name)} is no ${noun}.${didYouMean(name, names)} There are: ${names.join(", ")}.`;
}

import type { OptionalQuestion, RequiredQuestion } from "./question.js";

/** Any text that is not empty. */
export function text(message: string) {
  return { form: "text", message, check: checkText } as const satisfies RequiredQuestion;
}

/** Any text, which may be left out. */
export function optionalText(message: string) {
  return { form: "text", optional: true, message, check: checkText } as const satisfies OptionalQuestion;
}

function checkText(given: string): string | undefined {
  return given.trim() === "" ? "It may not be empty: give a text." : undefined;
}

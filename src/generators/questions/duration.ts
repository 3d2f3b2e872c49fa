import type { OptionalQuestion } from "./question.js";

const LONGEST = 2 ** 31 - 1;

/** A duration in milliseconds, as digits. */
export function optionalDuration(message: string) {
  return { form: "text", optional: true, message, check: checkDuration } as const satisfies OptionalQuestion;
}

function checkDuration(text: string): string | undefined {
  if (/^[1-9]\d*$/.test(text) && Number(text) <= LONGEST) return undefined;
  return `${JSON.stringify(text)} is not a number of milliseconds from 1 to ${LONGEST}. Example: 60000.`;
}

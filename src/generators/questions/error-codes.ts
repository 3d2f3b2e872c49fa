import type { ListQuestion } from "./question.js";

const MAX_LENGTH = 64;

/** The codes of the Failures that a method answers with. */
export function errorCodes() {
  return {
    form: "list",
    message: "Codes of the Failures that the method answers with, such as NOT_FOUND,LIMIT_REACHED",
    check: checkErrorCode,
  } as const satisfies ListQuestion;
}

function checkErrorCode(code: string): string | undefined {
  const isCode = /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*$/.test(code) && code.length <= MAX_LENGTH;
  if (isCode && code !== "NOT_INITIALIZED" && code !== "HANDLERS_FAILED") return undefined;
  const problem = isCode
    ? "the runtime answers with it by itself, where it applies"
    : `only capital words of A-Z and 0-9 joined by "_" are allowed, ${MAX_LENGTH} characters at most`;
  return `${JSON.stringify(code)} is not an error code: ${problem}. Example: NOT_FOUND.`;
}

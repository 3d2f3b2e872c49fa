import type { RequiredQuestion } from "./question.js";

const MAX_LENGTH = 90;

/** What a lint rule reports, as a text that stands in a string, in a comment and in a table. */
export function reportedCode() {
  return {
    form: "text",
    message: 'What the rule reports, such as "loops that wait until a variable has changed"',
    check: checkReportedCode,
  } as const satisfies RequiredQuestion;
}

function checkReportedCode(text: string): string | undefined {
  const problem = findProblem(text);
  if (problem === undefined) return undefined;
  return `${JSON.stringify(text)} does not say what the rule reports: ${problem}. Example: "loops that wait until a variable has changed".`;
}

function findProblem(text: string): string | undefined {
  if (text.trim() === "") return "it is empty";
  if (text.length > MAX_LENGTH) return `it is ${text.length} characters long, and ${MAX_LENGTH} is the limit`;
  if (/["\\|*\p{Cc}]/u.test(text)) return `it may have no ", \\, | or *, and no line ends`;
  return /\.$|^\s|\s$/.test(text) ? "it may not begin or end with a space, nor end with a full stop" : undefined;
}

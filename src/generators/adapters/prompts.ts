import type { PromptQuestion } from "node-plop";
import type { Project } from "../project.js";
import type { GivenAnswers, Question } from "../questions/question.js";

/** More choices than these are scrolled through. */
const SHOWN = 10;

/** The answers that a workspace offers to a question. */
export async function choicesOf(question: Question, project: Project): Promise<string[]> {
  return [...((await question.choices?.(project)) ?? [])];
}

/** The prompt for a question: a list where there are choices, and else a line of text. */
export function promptFor(name: string, question: Question, choices: readonly string[]): PromptQuestion {
  const { message } = question;
  if (question.form === "list") return { type: "checkbox", name, message, choices, pageSize: SHOWN };
  if (choices.length > 0) return { type: "list", name, message, choices, pageSize: SHOWN };
  const isOptional = "optional" in question;
  const findProblem = (value: string) => (isOptional && value === "" ? undefined : question.check(value.trim()));
  return {
    type: "input",
    name,
    message,
    filter: (value: string) => value.trim(),
    validate: (value: string) => findProblem(value) ?? true,
    transformer: (value: string, _: unknown, { isFinal }: { isFinal?: boolean | undefined } = {}) => {
      const problem = isFinal || value === "" ? undefined : findProblem(value);
      return problem === undefined ? value : `${value}  (${problem})`;
    },
  };
}

/** Answers of prompts, without those that were left empty. */
export function keepAnswered(answers: GivenAnswers): GivenAnswers {
  return Object.fromEntries(Object.entries(answers).filter(([, value]) => (value as unknown) !== ""));
}

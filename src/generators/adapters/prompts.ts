import type { PromptQuestion } from "node-plop";
import type { Project } from "../project.js";
import type { GivenAnswers, Question } from "../questions/question.js";
import { searchPrompt } from "./search-prompt.js";

/** More choices than these are searched, not scrolled through. */
const MANY = 10;

/** The prompt for a question: a list where there are choices, a search where there are many, and else a line of text. */
export async function promptFor(name: string, question: Question, project: Project): Promise<PromptQuestion> {
  const choices = [...((await question.choices?.(project)) ?? [])];
  const { message } = question;
  if (question.form === "list") return { type: "checkbox", name, message, choices, pageSize: MANY };
  if (choices.length > MANY) return searchPrompt(name, message, choices);
  if (choices.length > 0) return { type: "list", name, message, choices };
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

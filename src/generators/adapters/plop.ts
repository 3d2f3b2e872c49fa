import nodePlop, { type PromptQuestion } from "node-plop";
import type { Generator } from "../define-generator.js";
import type { Project } from "../project.js";
import type { GivenAnswers, Question } from "../questions/question.js";

/** Asks on the terminal for all answers that are not given, each checked as it is typed. */
export async function askForAnswers(
  generator: Generator,
  given: GivenAnswers,
  project: Project,
): Promise<GivenAnswers> {
  const missing = Object.entries(generator.questions).filter(([name, question]) => {
    return given[name] === undefined && !question.flagOnly;
  });
  const prompts = await Promise.all(missing.map(([name, question]) => promptFor(name, question, project)));
  const plop = await nodePlop();
  const { runPrompts } = plop.setGenerator(generator.name, { description: generator.summary, prompts, actions: [] });
  const answers = (await runPrompts()) as GivenAnswers;
  const isAnswered = ([, value]: [string, unknown]) => value !== "";
  return { ...given, ...Object.fromEntries(Object.entries(answers).filter(isAnswered)) };
}

async function promptFor(name: string, question: Question, project: Project): Promise<PromptQuestion> {
  const choices = await question.choices?.(project);
  const { message } = question;
  if (question.form === "list") return { type: "checkbox", name, message, choices: choices ?? [] };
  if (choices !== undefined && choices.length > 0) return { type: "list", name, message, choices };
  const isOptional = "optional" in question;
  const validate = (value: string) => (isOptional && value === "") || (question.check(value.trim()) ?? true);
  return { type: "input", name, message, filter: (value: string) => value.trim(), validate };
}

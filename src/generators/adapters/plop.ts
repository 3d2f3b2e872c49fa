import nodePlop from "node-plop";
import type { Generator } from "../define-generator.js";
import type { Project } from "../project.js";
import type { GivenAnswers, Question } from "../questions/question.js";
import { keepAnswered, promptFor } from "./prompts.js";

/** Asks on the terminal for the answers to some questions, each checked as it is typed. */
export async function askForAnswers(
  generator: Generator,
  asked: readonly (readonly [string, Question])[],
  project: Project,
): Promise<GivenAnswers> {
  const prompts = await Promise.all(asked.map(([name, question]) => promptFor(name, question, project)));
  const plop = await nodePlop();
  const { runPrompts } = plop.setGenerator(generator.name, { description: generator.summary, prompts, actions: [] });
  return keepAnswered((await runPrompts()) as GivenAnswers);
}

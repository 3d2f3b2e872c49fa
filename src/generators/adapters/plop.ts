import nodePlop, { type NodePlopAPI } from "node-plop";
import type { Generator } from "../define-generator.js";
import type { Project } from "../project.js";
import type { GivenAnswers, Question } from "../questions/question.js";
import { choicesOf, keepAnswered, promptFor } from "./prompts.js";
import { askToSearch, MANY } from "./search.js";

/** Asks on the terminal for the answers to some questions, one after another, each checked as it is typed. */
export async function askForAnswers(
  generator: Generator,
  asked: readonly (readonly [string, Question])[],
  project: Project,
): Promise<GivenAnswers> {
  const plop = await nodePlop();
  const answers: Record<string, GivenAnswers[string]> = {};
  for (const [name, question] of asked) {
    const choices = await choicesOf(question, project);
    const isSearched = question.form !== "list" && choices.length > MANY;
    answers[name] = isSearched
      ? await askToSearch(question.message, choices)
      : await askInPlop(plop, generator, name, promptFor(name, question, choices));
  }
  return keepAnswered(answers);
}

async function askInPlop(
  plop: NodePlopAPI,
  { name: kind, summary }: Generator,
  name: string,
  prompt: ReturnType<typeof promptFor>,
): Promise<GivenAnswers[string]> {
  const { runPrompts } = plop.setGenerator(kind, { description: summary, prompts: [prompt], actions: [] });
  return ((await runPrompts()) as GivenAnswers)[name];
}

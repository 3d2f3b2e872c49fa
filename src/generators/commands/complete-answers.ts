import { resolve } from "node:path";
import { realPlace } from "../changes/paths.js";
import type { Generator } from "../define-generator.js";
import { GeneratorError } from "../errors.js";
import { kebabCase } from "../names.js";
import type { Project } from "../project.js";
import { isRequired, type Answer, type GivenAnswers, type Question, type Questions } from "../questions/question.js";

/** What may be asked on the terminal: nothing, what cannot be left out, or everything. */
export type Asking = "nothing" | "needed" | "all";

/** An answer to every question: what is needed and not given is asked for, where that is possible. */
export async function completeAnswers(
  generator: Generator,
  given: GivenAnswers,
  project: Project,
  asking: Asking,
): Promise<GivenAnswers> {
  const questions = Object.entries(generator.questions);
  const open = questions.filter(([name, { flagOnly }]) => given[name] === undefined && !flagOnly);
  const needed = open.filter(([, question]) => isRequired(question));
  if (needed.length > 0 && asking === "nothing") throw missingAnswers(generator, needed);
  const answers = needed.length > 0 ? await ask(generator, asking === "all" ? open : needed, project) : {};
  return Object.fromEntries(
    questions.map(([name, { form }]) => [name, given[name] ?? answers[name] ?? emptyAnswers[form]]),
  );
}

const emptyAnswers = { text: undefined, folder: undefined, list: [] };

async function ask(
  generator: Generator,
  questions: readonly [string, Question][],
  project: Project,
): Promise<GivenAnswers> {
  const { askForAnswers } = await import("../adapters/plop.js");
  return askForAnswers(generator, questions, project);
}

function missingAnswers({ name, examples }: Generator, missing: readonly [string, Question][]): GeneratorError {
  const flags = missing.map(
    ([key, { positional }]) => `${positional ? "" : `--${kebabCase(key)} `}<${kebabCase(key)}>`,
  );
  const message = `${/^[aeiou]|^http/.test(name) ? "An" : "A"} ${name} needs ${flags.join(" and ")}. Example: phasewise create ${examples[0]}`;
  return new GeneratorError("WRONG_USAGE", message);
}

/** Folders that were given relative to the current one, as absolute paths. */
export async function resolveFolders(questions: Questions, answers: GivenAnswers, cwd: string): Promise<GivenAnswers> {
  const resolved: Record<string, Answer<Question>> = { ...answers };
  for (const [name, { form }] of Object.entries(questions)) {
    const answer = answers[name];
    if (form === "folder" && typeof answer === "string") resolved[name] = await realPlace(resolve(cwd, answer));
  }
  return resolved;
}

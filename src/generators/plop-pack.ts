import { resolve } from "node:path";
import type { NodePlopAPI } from "node-plop";
import { choicesOf, keepAnswered, promptFor } from "./adapters/prompts.js";
import { catalog } from "./catalog.js";
import { completeAnswers, resolveFolders } from "./commands/complete-answers.js";
import { workspaceFor } from "./commands/generator-workspace.js";
import type { Generator } from "./define-generator.js";
import { formatterOf } from "./formatting/find-formatter.js";
import { generate, type Generation } from "./generate.js";
import { openProject } from "./project.js";
import type { GivenAnswers } from "./questions/question.js";

/**
 * Our generators as a pack for plop: `await plop.load("phasewise")` in a plopfile. plop asks; checking, planning and writing
 * are those of `phasewise create`, so that a run changes all or nothing.
 */
export default async function loadPack(plop: NodePlopAPI): Promise<void> {
  await Promise.all(catalog.map((generator) => addGenerator(plop, generator)));
}

async function addGenerator(plop: NodePlopAPI, generator: Generator): Promise<void> {
  const cwd = resolve(plop.getDestBasePath());
  const project = openProject(await workspaceFor(generator, cwd).catch(() => cwd));
  const asked = Object.entries(generator.questions).filter(([, { flagOnly }]) => !flagOnly);
  plop.setGenerator(generator.name, {
    description: generator.summary,
    prompts: await Promise.all(
      asked.map(async ([name, question]) => promptFor(name, question, await choicesOf(question, project))),
    ),
    actions: [async (answers) => describe(await run(generator, answers as GivenAnswers, cwd))],
  });
}

async function run(generator: Generator, given: GivenAnswers, cwd: string): Promise<Generation> {
  const workspace = await workspaceFor(generator, cwd);
  const complete = await completeAnswers(generator, keepAnswered(given), openProject(workspace), "nothing");
  const answers = await resolveFolders(generator.questions, complete, cwd);
  const root = generator.newWorkspace?.(answers) ?? workspace;
  const format = formatterOf(root, (message) => void console.warn(message));
  return generate(generator, answers, { root, format, record: true });
}

function describe({ writes }: Generation): string {
  return writes.map(({ path, before }) => `${before === null ? "create" : "edit"} ${path}`).join("\n");
}

import { resolve } from "node:path";
import { catalog } from "../catalog.js";
import { findOfferedKinds } from "../offered-kinds.js";
import type { Generator } from "../define-generator.js";
import { kindTemplates } from "../kind-templates.js";
import { kebabCase } from "../names.js";
import { openProject } from "../project.js";
import type { Question } from "../questions/question.js";
import { findWorkspaceGenerators } from "../workspace-generators.js";
import { findWorkspace } from "../workspace.js";
import { shells } from "./scripts.js";

const flagsOfKinds = [
  "--answers",
  "--check-types",
  "--cwd",
  "--dry-run",
  "--help",
  "--json",
  "--no-input",
  "--no-record",
  "--on-conflict",
  "--plan",
  "--yes",
];

/** A line of words as a shell has it: the program, and all up to the one that is being typed. */
export interface Typed {
  readonly words: readonly string[];
  readonly cwd: string;
  readonly commands: readonly string[];
}

/** What may stand in the place of the last word; a shell leaves out what does not fit what is typed of it. */
export async function completeLine({ words, cwd, commands }: Typed): Promise<readonly string[]> {
  const [program = "", ...given] = words;
  const args = program.endsWith("create-module") ? ["create", "module", ...given] : given;
  const [command, kind] = args;
  if (args.length <= 1) return commands;
  if (command === "completion") return args.length === 2 ? shells : [];
  if (command === "eject") return args.length === 2 ? Object.keys(kindTemplates) : flagsOfKinds;
  if (command !== "create") return [];
  const generators = await listGenerators(cwd);
  if (args.length === 2) return [...generators.map(({ name }) => name), "--list", "--help"];
  const generator = generators.find(({ name }) => name === kind);
  return generator === undefined ? [] : completeKind(generator, args.slice(2), cwd);
}

/** A broken configuration takes our kinds from nobody. */
async function listGenerators(cwd: string): Promise<readonly Generator[]> {
  const kinds = catalog.map(({ name }) => name);
  const added = await findWorkspaceGenerators(cwd, kinds).catch(() => []);
  return [...(await findOfferedKinds(cwd)), ...added];
}

async function completeKind(
  { questions }: Generator,
  args: readonly string[],
  cwd: string,
): Promise<readonly string[]> {
  const entries = Object.entries(questions);
  const [previous = "", typed = ""] = args.slice(-2).length === 2 ? args.slice(-2) : ["", args.at(-1)];
  const asked = entries.find(([name]) => previous === `--${kebabCase(name)}`);
  if (asked !== undefined) return choicesOf(asked[1], cwd, typed);
  const flags = entries.filter(([, { positional }]) => !positional).map(([name]) => `--${kebabCase(name)}`);
  const [first] = entries.flatMap(([, question]) => (question.positional && args.length === 1 ? [question] : []));
  return [...(first === undefined ? [] : await choicesOf(first, cwd, typed)), ...flags, ...flagsOfKinds];
}

/** The choices of a question; in a list with commas, after those that are typed already. */
async function choicesOf(question: Question, cwd: string, typed: string): Promise<readonly string[]> {
  const root = await findWorkspace(cwd).catch(() => resolve(cwd));
  const choices = (await question.choices?.(openProject(root)).catch(() => [])) ?? [];
  const before = question.form === "list" ? typed.slice(0, typed.lastIndexOf(",") + 1) : "";
  return choices.map((choice) => before + choice);
}

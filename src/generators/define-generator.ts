import type { Change } from "./changes/change.js";
import type { Project } from "./project.js";
import type { Answers, Questions } from "./questions/question.js";

/** A generator: its questions, and a pure plan of the changes that follow from the answers. */
export interface Generator<Q extends Questions = Questions> {
  /** A noun: what is made. */
  readonly name: string;
  /** One line for lists and help. */
  readonly summary: string;
  readonly questions: Q;
  /** The answers that the committed golden tree shows. */
  readonly sample: Answers<Q>;
  /** Command lines for the help, without the program's name. */
  readonly examples: readonly string[];
  /** File that marks the workspace it works on; without it, that is one which depends on the runtime. */
  readonly workspaceFile?: string;
  /** Folder of the workspace that is made; generators without it work on the workspace around the current folder. */
  newWorkspace?(answers: Answers<Q>): string;
  /** The changes in a workspace; reads through `project` only, and writes nothing. */
  plan(answers: Answers<Q>, project: Project): Promise<readonly Change[]>;
  /** What the user may want to do once the changes are made. */
  nextSteps(answers: Answers<Q>): readonly string[];
}

/**
 * Defines a generator; the types of its answers follow from its questions.
 *
 * @example
 * export default defineGenerator({
 *   name: "note",
 *   summary: "Add a note to a module",
 *   questions: { module: existingModule() },
 *   sample: { module: "billing" },
 *   examples: ["create note --module billing"],
 *   plan: async ({ module }, project) => [createFile(`${project.moduleFolder(module)}/note.md`, "notes/note.md")],
 *   nextSteps: () => ["Write the note."],
 * });
 */
export function defineGenerator<const Q extends Questions>(generator: Generator<Q>): Generator<Q> {
  return generator;
}

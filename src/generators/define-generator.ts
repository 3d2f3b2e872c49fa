import type { Change } from "./changes/change.js";
import { kebabCase } from "./names.js";
import type { Project } from "./project.js";
import { isRequired, type Answers, type Questions } from "./questions/question.js";

/** What a generator is defined by. */
export interface GeneratorDefinition<Q extends Questions> extends Omit<Generator<Q>, "examples" | "nextSteps"> {
  /** Command lines for the help, without the program's name; unless told, the name with the arguments it needs. */
  readonly examples?: readonly string[];
  /** What the user may want to do once the changes are made; nothing unless told. */
  nextSteps?(answers: Answers<Q>): readonly string[];
}

/** A generator: its questions, and a pure plan of the changes that follow from the answers. */
export interface Generator<Q extends Questions = Questions> {
  /** A noun: what is made. */
  readonly name: string;
  /** One line for lists and help. */
  readonly summary: string;
  /** `import.meta.url`: its templates are found relative to it, and errors name it. */
  readonly file?: string;
  readonly questions: Q;
  /** The answers that the committed golden tree shows. */
  readonly sample: Answers<Q>;
  /** Command lines for the help, without the program's name. */
  readonly examples: readonly string[];
  /** File that marks the workspace it works on; without it, that is one which depends on the runtime. */
  readonly workspaceFile?: string;
  /** Folder of the workspace that is made; generators without it work on the workspace around the current folder. */
  newWorkspace?(answers: Answers<Q>): string;
  /**
   * What is to be made and is there already, with a way out, in whole sentences; `undefined` when nothing is. Not asked where
   * somebody decides what becomes of files that exist.
   */
  findTaken?(answers: Answers<Q>, project: Project): Promise<string | undefined>;
  /** The changes in a workspace; reads through `project` only, and writes nothing. */
  plan(answers: Answers<Q>, project: Project): Promise<readonly Change[]>;
  /** What the user may want to do once the changes are made. */
  nextSteps(answers: Answers<Q>): readonly string[];
}

/**
 * Defines a generator; the types of its answers follow from its questions.
 *
 * @example
 * ```ts
 * import { createFile, defineGenerator, existingModule } from "phasewise";
 *
 * export default defineGenerator({
 *   name: "note",
 *   summary: "Add a note to a module",
 *   file: import.meta.url,
 *   questions: { module: existingModule() },
 *   sample: { module: "billing" },
 *   plan: async ({ module }, project) => [createFile(`${project.moduleFolder(module)}/note.md`, "note.md")],
 * });
 * ```
 */
export function defineGenerator<const Q extends Questions>(definition: GeneratorDefinition<Q>): Generator<Q> {
  const { examples = [exampleOf(definition)], nextSteps = () => [] } = definition;
  return { ...definition, examples, nextSteps };
}

function exampleOf({ name, questions }: Pick<Generator, "name" | "questions">): string {
  const needed = Object.entries(questions).filter(([, question]) => isRequired(question));
  const args = needed.map(([key, { positional }]) => {
    const flag = kebabCase(key);
    return positional ? `<${flag}>` : `--${flag} <${flag}>`;
  });
  return [name, ...args].join(" ");
}

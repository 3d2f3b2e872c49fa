import { fileURLToPath } from "node:url";
import { brokenConfiguration } from "./configuration/broken.js";
import { createShapeChecks } from "./configuration/shape.js";
import { defineGenerator, type Generator, type GeneratorDefinition } from "./define-generator.js";
import { GeneratorError } from "./errors.js";
import { kebabCase } from "./names.js";
import { findNameProblem } from "./questions/name-rules.js";
import type { Questions } from "./questions/question.js";

/** No question may have the name of one of these. */
const flagsOfAll =
  "answers cwd dry-run check-types help json list no-input no-record on-conflict plan version yes".split(" ");

/**
 * A definition that a workspace brings, checked, with the file it is from: its own, or else `place`. What it throws while it
 * runs is told with that file. `source` names it in errors of its definition.
 */
export function readDefinition(value: unknown, place: string, source: string): Generator {
  const check = createShapeChecks(source);
  const definition = check.record(value, "a generator") as unknown as GeneratorDefinition<Questions>;
  const { name, summary, questions, plan } = definition;
  const problem = typeof name === "string" ? findNameProblem(name) : "it has none";
  if (problem) throw brokenConfiguration(source, `a generator has no usable \`name\`: ${problem}. Example: note.`);
  if (typeof summary !== "string")
    check.fail(`the generator ${name} has no \`summary\`. Say in one line what it makes.`);
  if (typeof plan !== "function") check.fail(`the generator ${name} has no \`plan\`. Give the changes it makes.`);
  for (const [key, question] of Object.entries(check.record(questions, `\`questions\` of the generator ${name}`))) {
    if (flagsOfAll.includes(kebabCase(key)))
      check.fail(`the generator ${name} has a question ${key}, but --${key} is a flag of every kind. Rename it.`);
    requireQuestion(question, `\`questions.${key}\` of the generator ${name}`);
  }
  return nameFailures(defineGenerator({ ...definition, file: pathOf(definition.file ?? place) }));

  function requireQuestion(question: unknown, key: string): void {
    const { form, message, check: checkAnswer } = check.record(question, key);
    check.oneOf(form, `\`form\` in ${key}`, ["text", "folder", "list"]);
    if (typeof message !== "string") check.fail(`${key} has no \`message\`. Write what is asked for.`);
    if (typeof checkAnswer !== "function") check.fail(`${key} has no \`check\`. Give a function that names problems.`);
  }
}

/** The same generator, with its file in what it throws. */
function nameFailures(generator: Generator): Generator {
  const { findTaken } = generator;
  const naming = (cause: unknown) => failureOf(generator, cause);
  return {
    ...generator,
    ...(findTaken && {
      findTaken: (answers, project) =>
        Promise.resolve(findTaken(answers, project)).catch((cause: unknown) => Promise.reject(naming(cause))),
    }),
    plan: async (answers, project) => {
      try {
        return await generator.plan(answers, project);
      } catch (cause) {
        throw naming(cause);
      }
    },
    nextSteps: (answers) => {
      try {
        return generator.nextSteps(answers);
      } catch (cause) {
        throw naming(cause);
      }
    },
  };
}

/** What a generator says on purpose is left as it is. */
function failureOf({ name, file }: Generator, cause: unknown): unknown {
  if (cause instanceof Error && cause.name === "GeneratorError") return cause;
  const reason = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
  const message = `The generator ${name} in ${file} failed: ${reason.replace(/\.?$/, ".")} Nothing was written.`;
  return new GeneratorError("GENERATOR_FAILED", message, { cause });
}

function pathOf(file: string): string {
  return file.startsWith("file:") ? fileURLToPath(file) : file;
}

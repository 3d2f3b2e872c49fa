import type { Argv, Options } from "yargs";
import { GeneratorError } from "../errors.js";
import { kebabCase } from "../names.js";
import { isRequired, type Answer, type GivenAnswers, type Question, type Questions } from "../questions/question.js";

/** The positional arguments of a generator as yargs spells them, such as `[id]`; what is missing may be asked for. */
export function positionalsOf(questions: Questions): string {
  const names = Object.keys(questions).filter((name) => questions[name]?.positional);
  return names.map((name) => `[${kebabCase(name)}]`).join(" ");
}

/** Declares a flag or positional argument for every question. */
export function declareFlags<T>(yargs: Argv<T>, questions: Questions): Argv<T> {
  for (const [name, question] of Object.entries(questions)) {
    const flag = kebabCase(name);
    const describe = question.message + (isRequired(question) ? "" : " (optional)");
    if (question.positional) yargs.positional(flag, { type: "string", describe });
    else yargs.option(flag, { ...flagOf(question), describe });
  }
  return yargs;
}

function flagOf(question: Question): Options {
  if (question.form !== "list") return { type: "string", requiresArg: true };
  return { type: "string", array: true, nargs: 1, requiresArg: true };
}

/** The answers in the arguments that yargs has parsed; a list may be given with commas, repeatedly, or both. */
export function readAnswers(argv: Readonly<Record<string, unknown>>, questions: Questions): GivenAnswers {
  const answers: Record<string, Answer<Question>> = {};
  for (const [name, question] of Object.entries(questions)) {
    const value = argv[kebabCase(name)];
    if (value === undefined) continue;
    answers[name] = question.form === "list" ? [value].flat().flatMap(splitList) : single(kebabCase(name), value);
  }
  return answers;
}

function splitList(value: unknown): string[] {
  return String(value)
    .split(",")
    .map((item) => item.trim());
}

function single(flag: string, value: unknown): string {
  if (!Array.isArray(value)) return String(value);
  throw new GeneratorError("WRONG_USAGE", `--${flag} is given ${value.length} times. Give it once.`);
}

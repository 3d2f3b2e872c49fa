import { readFile } from "node:fs/promises";
import type { Generator } from "../define-generator.js";
import { didYouMean } from "../did-you-mean.js";
import { GeneratorError } from "../errors.js";
import type { Answer, GivenAnswers, Question } from "../questions/question.js";

/** The answers in a JSON file: an object of texts, and of lists of texts, by the names of the questions. */
export async function readAnswersFile(file: string, { name, questions }: Generator): Promise<GivenAnswers> {
  const answers = await parseFile(file);
  const known = Object.keys(questions);
  for (const [key, value] of Object.entries(answers)) {
    const question = questions[key];
    if (question === undefined) {
      throw wrong(file, `a ${name} has no question ${key}.${didYouMean(key, known)} It asks for ${known.join(", ")}.`);
    }
    if (!isAnswer(value, question)) {
      throw wrong(file, `${key} has to be ${question.form === "list" ? "a list of texts" : "a text"}.`);
    }
  }
  return answers as GivenAnswers;
}

async function parseFile(file: string): Promise<object> {
  let value: unknown;
  try {
    value = JSON.parse((await readFile(file, "utf8")).replace(/^\uFEFF/, ""));
  } catch (cause) {
    throw wrong(file, `it cannot be read: ${(cause as Error).message}. Give a JSON file to --answers.`);
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
  throw wrong(file, 'it has to be an object, such as { "id": "orders" }.');
}

function isAnswer(value: unknown, { form }: Question): value is Answer<Question> {
  if (form !== "list") return typeof value === "string";
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}

function wrong(file: string, problem: string): GeneratorError {
  return new GeneratorError("WRONG_USAGE", `${file}: ${problem}`);
}

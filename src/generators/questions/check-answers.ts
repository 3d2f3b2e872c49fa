import { GeneratorError } from "../errors.js";
import type { Answer, GivenAnswers, Question, Questions } from "./question.js";

/** Throws `INVALID_ANSWER` for the first answer that its question does not allow. */
export function checkAnswers(questions: Questions, answers: GivenAnswers): void {
  for (const [name, question] of Object.entries(questions)) {
    for (const value of valuesOf(answers[name])) {
      const problem = question.check(value);
      if (problem !== undefined) throw new GeneratorError("INVALID_ANSWER", problem);
    }
  }
}

function valuesOf(answer: Answer<Question>): readonly string[] {
  if (answer === undefined) return [];
  return typeof answer === "string" ? [answer] : answer;
}

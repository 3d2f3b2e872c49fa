import type { Project } from "../project.js";

interface QuestionBase {
  /** The flag's description and the prompt's label. */
  readonly message: string;
  /** Given as a bare argument instead of as a flag. */
  readonly positional?: true;
  /** Never asked for: only given as a flag. */
  readonly flagOnly?: true;
  /** What is wrong with one given value and what is allowed instead; `undefined` when nothing is. */
  check(value: string): string | undefined;
  /** The values a prompt offers. */
  choices?(project: Project): Promise<readonly string[]>;
}

/** A question with one answer; `folder` answers are made absolute, starting from where the command was run. */
export interface RequiredQuestion extends QuestionBase {
  readonly form: "text" | "folder";
}

/** A question that may stay without an answer. */
export interface OptionalQuestion extends QuestionBase {
  readonly form: "text" | "folder";
  readonly optional: true;
}

/** A question with any number of answers, also none. */
export interface ListQuestion extends QuestionBase {
  readonly form: "list";
}

export type Question = RequiredQuestion | OptionalQuestion | ListQuestion;

/** The questions of a generator by name; the name in kebab-case is the flag. */
export type Questions = Readonly<Record<string, Question>>;

/** The answer to one question. */
export type Answer<Q extends Question> = Q extends ListQuestion
  ? readonly string[]
  : Q extends OptionalQuestion
    ? string | undefined
    : string;

/** The answers to a set of questions, by the same names. */
export type Answers<Q extends Questions> = { readonly [Name in keyof Q]: Answer<Q[Name]> };

/** Answers as a user gives them: unchecked, and perhaps not all. */
export type GivenAnswers = Answers<Questions>;

/** True when a generator cannot run without an answer to this question. */
export function isRequired(question: Question): boolean {
  return question.form !== "list" && !("optional" in question);
}

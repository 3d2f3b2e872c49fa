import { basename, relative, resolve, sep } from "node:path";
import type { Answer, GivenAnswers, Question, Questions } from "../questions/question.js";
import type { RecordedAnswers } from "./record.js";

/** Answers as they are recorded: folders relative to the workspace, and without what was not given. */
export function toRecordedAnswers(questions: Questions, answers: GivenAnswers, root: string): RecordedAnswers {
  const recorded: Record<string, string | readonly string[]> = {};
  for (const [name, { form }] of Object.entries(questions)) {
    const answer = answers[name];
    if (answer === undefined || answer.length === 0) continue;
    recorded[name] = form === "folder" && typeof answer === "string" ? toRelative(root, answer) : answer;
  }
  return recorded;
}

/** The recorded answers in a workspace at `root`; a question that is new since then has no answer. */
export function fromRecordedAnswers(questions: Questions, recorded: RecordedAnswers, root: string): GivenAnswers {
  const answers: Record<string, Answer<Question>> = {};
  for (const [name, { form }] of Object.entries(questions)) {
    const answer = recorded[name];
    if (answer === undefined) answers[name] = form === "list" ? [] : undefined;
    else answers[name] = form === "folder" && typeof answer === "string" ? resolve(root, answer) : answer;
  }
  return answers;
}

/** The workspace itself keeps its name, which a clone may not. */
function toRelative(root: string, folder: string): string {
  return (relative(root, folder) || `../${basename(root)}`).split(sep).join("/");
}

import type { Project } from "./types.js";

/** A question about a type or symbol that is asked once per id; answers are forgotten with the project's snapshot. */
export function rememberById<Subject extends { readonly id: number }, Answer>(
  ask: (subject: Subject, project: Project) => Answer,
): (subject: Subject, project: Project) => Answer {
  const answersByProject = new WeakMap<Project, Map<number, Answer>>();
  return (subject, project) => {
    let answers = answersByProject.get(project);
    if (!answers) answersByProject.set(project, (answers = new Map()));
    if (answers.has(subject.id)) return answers.get(subject.id) as Answer;
    const answer = ask(subject, project);
    answers.set(subject.id, answer);
    return answer;
  };
}

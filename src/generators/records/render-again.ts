import type { Change } from "../changes/change.js";
import { textAfter, type Settling } from "../changes/plan.js";
import type { Generator } from "../define-generator.js";
import { formatterOf } from "../formatting/find-formatter.js";
import type { Project } from "../project.js";
import { checkAnswers } from "../questions/check-answers.js";
import { openTemplates } from "../templates.js";
import { fromRecordedAnswers } from "./answers.js";
import { openPastProject } from "./past-project.js";
import type { GenerationRecord } from "./record.js";

/** What a generator would do to a file today, in the place of what is recorded. */
export interface Rendering {
  readonly path: string;
  readonly isEdit: boolean;
  /** The text for the one before, which an edit needs. */
  render(before: string | null): Promise<string>;
  readonly generated?: true;
}

/** Runs the generator of a record with its answers and today's templates, as if its generation had not been made. */
export async function renderAgain(
  record: GenerationRecord,
  generator: Generator,
  project: Project,
): Promise<readonly Rendering[]> {
  const answers = fromRecordedAnswers(generator.questions, record.answers, project.root);
  checkAnswers(generator.questions, answers);
  const changes = await generator.plan(answers, openPastProject(project, record, generator));
  // What is merged has one layout, or the layout would be a conflict.
  const format = formatterOf(project.root, () => undefined);
  const settling = { templates: openTemplates(generator, project.root), format };
  return changes.flatMap((change) => toRendering(change, settling));
}

function toRendering(change: Change, settling: Settling): Rendering[] {
  if (change.kind === "remove") return [];
  const render = (before: string | null) => textAfter(change, before, settling);
  const generated = "generated" in change && change.generated;
  return [{ path: change.path, isEdit: change.kind === "edit", render, ...(generated && { generated }) }];
}

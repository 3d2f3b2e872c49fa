import { createHash } from "node:crypto";
import { resolveInside } from "../changes/paths.js";
import type { Plan, Write } from "../changes/plan.js";
import type { Generator } from "../define-generator.js";
import { kebabCase } from "../names.js";
import type { GivenAnswers } from "../questions/question.js";
import { version } from "../release.js";
import { toRecordedAnswers } from "./answers.js";
import { findRecordIds, recordFile } from "./read-records.js";
import { type GenerationRecord, type RecordedFile, printRecord } from "./record.js";

/** What a generation was made from and has made. */
export interface Generated {
  readonly generator: Generator;
  readonly answers: GivenAnswers;
  /** The paths of the files that are fully generated. */
  readonly generatedPaths: ReadonlySet<string>;
}

/** The write that records a generation, to be made together with its own; `undefined` when it changes nothing. */
export async function recordGeneration({ root, writes }: Plan, generated: Generated): Promise<Write | undefined> {
  const { generator, answers, generatedPaths } = generated;
  const files = writes.filter(({ before, after }) => before !== after).map((write) => toFile(write, generatedPaths));
  if (files.length === 0) return undefined;
  const recorded = toRecordedAnswers(generator.questions, answers, root);
  const record = { id: "", generator: generator.name, version, answers: recorded, files };
  const text = await printRecord(record);
  const path = recordFile(nextId(await findRecordIds(root), record, text));
  return { path, target: await resolveInside(root, path), before: null, after: text };
}

function toFile({ path, before, after, resolution }: Write, generatedPaths: ReadonlySet<string>): RecordedFile {
  const isMerged = resolution === "merge";
  return {
    path,
    before,
    after,
    ...(generatedPaths.has(path) && { generated: true }),
    ...(isMerged && { merged: true }),
  };
}

/** Branches may count alike: what they make differs in the name, and the same generation has the same name. */
function nextId(ids: readonly string[], { generator, answers }: GenerationRecord, text: string): string {
  const count = Math.max(0, ...ids.map((id) => Number.parseInt(id, 10) || 0)) + 1;
  const [first] = Object.entries(answers).flatMap(([, answer]) => (typeof answer === "string" ? [answer] : []));
  const name = kebabCase(first ?? "").slice(0, 40);
  const hash = createHash("sha256").update(text).digest("hex").slice(0, 8);
  return [String(count).padStart(4, "0"), kebabCase(generator), name, hash].filter((part) => part !== "").join("-");
}

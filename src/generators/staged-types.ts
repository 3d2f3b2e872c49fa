import { mkdir, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { Plan } from "./changes/plan.js";
import { GeneratorError } from "./errors.js";
import type { Finding } from "./gate/finding.js";
import { prepareTypes } from "./gate/types/find-type-findings.js";
import { copyWorkspace } from "./gate/workspace-copy.js";

const SHOWN = 20;

/** Checks the types of the workspace as a plan would make it, in a copy; `TYPE_ERRORS` when there are any. */
export async function checkStagedTypes({ root, writes }: Plan): Promise<void> {
  await using copy = await copyWorkspace(root, new Set(writes.map(({ path }) => path)));
  for (const { path, after } of writes) {
    const place = join(copy.workspace, path);
    await mkdir(dirname(place), { recursive: true });
    if (after !== null) await writeFile(place, after);
  }
  const findings = await findTypeErrors(copy.workspace, root);
  if (findings.length > 0) throw typeErrors(findings);
}

async function findTypeErrors(workspace: string, root: string): Promise<Finding[]> {
  const plugin = findPlugin(root);
  try {
    const check = await prepareTypes({ workspace, paths: ["."], plugin, ignore: [], ended: undefined });
    return (await check()).filter(({ severity }) => severity === "error");
  } catch (error) {
    if (!(error instanceof GeneratorError)) throw error;
    const message = error.message.replaceAll(workspace, root).replaceAll("--types", "--check-types");
    throw new GeneratorError(error.code, message, { cause: error });
  }
}

/** The plugin brings a compiler along; without it the workspace's own has to do. */
function findPlugin(root: string): string {
  const manifest = join(root, "package.json");
  try {
    return createRequire(manifest).resolve("@phasewise/eslint-plugin");
  } catch {
    return manifest;
  }
}

function typeErrors(findings: readonly Finding[]): GeneratorError {
  const lines = findings
    .slice(0, SHOWN)
    .map(({ file, line, column, rule, message }) => `  ${file}:${line}:${column} ${rule}: ${message}`);
  const more = findings.length > SHOWN ? [`  … and ${findings.length - SHOWN} more`] : [];
  const told = [`Nothing was written: the types of the workspace would not be right.`, ...lines, ...more];
  return new GeneratorError("TYPE_ERRORS", told.join("\n"));
}

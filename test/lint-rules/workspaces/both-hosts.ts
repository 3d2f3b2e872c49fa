import { expect } from "vitest";
import type { Workspace } from "../workspace.js";

/** A file with a blocking call in the second line. */
export const blocking = `import { readFileSync } from "node:fs";
export const read = () => readFileSync("a");
`;

/** A file that reaches the blocking call of another in the third line, and lets a promise float in the fourth. */
export function calling(specifier: string): string {
  return `import { read } from "${specifier}";
export async function run() {
  read();
  run();
}
`;
}

/** What both hosts find in the workspace, as `rule at file:line`; they must agree. */
export async function lintInBothHosts(workspace: Workspace): Promise<string[]> {
  const [fromEslint, fromOxlint] = await Promise.all([workspace.lintWithEslint(), workspace.lintWithOxlint()]);
  expect(fromOxlint).toEqual(fromEslint);
  return fromEslint.map(({ rule, file, line }) => `${rule} at ${file}:${line}`);
}

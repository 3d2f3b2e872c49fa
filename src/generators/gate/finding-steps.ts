import { relative, sep } from "node:path";
import type { Finding, Step } from "./finding.js";
import type { NotedWay } from "./notes.js";

/** Looks up the way of a finding by its place, among those that the plugin has noted. */
export function createStepFinder(workspace: string, ways: readonly NotedWay[]): (finding: Finding) => readonly Step[] {
  const toFile = (path: string) => relative(workspace, path).split(sep).join("/");
  const noted = new Map<string, NotedWay[]>();
  for (const way of ways) {
    const key = getKey({ ...way, file: toFile(way.file) });
    noted.set(key, [...(noted.get(key) ?? []), way]);
  }
  return (finding) => {
    const candidates = noted.get(getKey(finding)) ?? [];
    const way = candidates.find(({ steps }) => finding.message.includes(print(steps))) ?? candidates[0];
    return way?.steps.map((step) => ({ ...step, file: toFile(step.file) })) ?? [];
  };
}

function getKey({ rule, file, line, column, endLine, endColumn }: Omit<NotedWay, "steps">): string {
  return [rule, file, line, column, endLine, endColumn].join(" ");
}

function print(steps: readonly Step[]): string {
  return steps.map(({ name }) => name).join(" → ");
}

import { readdir } from "node:fs/promises";
import { ourFolder } from "./templates.js";

/** The templates of each kind: files, or, with a `/` at the end, whole folders. */
export const kindTemplates: Readonly<Record<string, readonly string[]>> = {
  app: ["app/"],
  module: ["modules/", "services/service.ts.hbs", "services/service.test.ts.hbs"],
  service: ["services/service.ts.hbs", "services/service.test.ts.hbs"],
  "lazy-service": ["services/service.ts.hbs", "services/lazy-service.test.ts.hbs"],
  method: ["methods/", "events/"],
  event: ["events/"],
  subscriber: ["subscribers/"],
  settings: ["settings/"],
  command: ["commands/", "operations/"],
  operation: ["operations/"],
  platform: ["platform/"],
  job: ["jobs/"],
  pipeline: ["pipelines/"],
  "http-client": ["http-clients/"],
  generator: ["generators/"],
  "lint-rule": ["lint-rules/"],
  "plugin-rule": ["plugin-rules/"],
  ci: ["ci/", "app/.github/workflows/check.yml"],
};

/** The paths of all templates of a kind, sorted. */
export async function listTemplates(kind: string): Promise<string[]> {
  const listed = await Promise.all((kindTemplates[kind] ?? []).map(listFiles));
  return [...new Set(listed.flat())].sort();
}

async function listFiles(entry: string): Promise<string[]> {
  if (!entry.endsWith("/")) return [entry];
  const entries = await readdir(new URL(entry, ourFolder), { withFileTypes: true });
  const below = entries.map((found) => listFiles(`${entry}${found.name}${found.isDirectory() ? "/" : ""}`));
  return (await Promise.all(below)).flat();
}

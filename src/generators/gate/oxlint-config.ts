import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, sep } from "node:path";
import type { Configuration } from "../configuration/resolve.js";
import { gateRuleNames, type ResolvedRules } from "../configuration/rules.js";
import type { Plugin } from "./plugin.js";

/** Writes oxlint's configuration outside the workspace for as long as `use` takes, whatever becomes of it. */
export async function withOxlintConfig<Value>(content: object, use: (file: string) => Promise<Value>): Promise<Value> {
  const folder = await mkdtemp(join(tmpdir(), "phasewise-"));
  try {
    const file = join(folder, "oxlintrc.json");
    await writeFile(file, JSON.stringify(content));
    return await use(file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What oxlint has to know. The files to leave out are none of it: oxlint looks for those beside its configuration. */
export function createOxlintConfig(
  { rules, settings, overrides, plugins }: Configuration,
  { jsPlugins }: Plugin,
  workspace: string,
): object {
  const root = escapeGlob(workspace);
  return {
    jsPlugins: [...jsPlugins, ...plugins.map(({ name, file }) => ({ name, specifier: file }))],
    plugins: [],
    categories: { correctness: "off" },
    rules: withPrefix(rules),
    settings: { phasewise: settings },
    overrides: overrides.map(({ files, rules }) => ({
      files: files.map((glob) => `${root}/${glob}`),
      rules: withPrefix(rules),
    })),
  };
}

function withPrefix(rules: ResolvedRules): ResolvedRules {
  const ofPlugin = Object.entries(rules).filter(([name]) => !gateRuleNames.includes(name));
  return Object.fromEntries(ofPlugin.map(([name, rule]) => [name.includes("/") ? name : `phasewise/${name}`, rule]));
}

function escapeGlob(folder: string): string {
  return folder
    .split(sep)
    .map((part) => part.replaceAll(/[\\*?[\]{}!()]/g, String.raw`\$&`))
    .join("/");
}

import { resolveConfiguration, type Configuration } from "../configuration/resolve.js";
import { createOxlintConfig, withOxlintConfig } from "../gate/oxlint-config.js";
import { runOxlint } from "../gate/oxlint.js";
import { findPlugin, type Plugin } from "../gate/plugin.js";
import { type Check, note, ok, wrong } from "./check.js";

/** What `phasewise check` goes by in a workspace. */
export interface Ground {
  readonly plugin: Plugin;
  readonly configuration: Configuration;
}

/** Is the plugin there, and is there a configuration that can be used? Without both there is no ground to go by. */
export async function findGround(workspace: string): Promise<{ readonly check: Check; readonly ground?: Ground }> {
  const name = "configuration";
  let plugin: Plugin;
  try {
    plugin = await findPlugin(workspace);
  } catch (error) {
    return { check: wrong(name, messageOf(error), "Then run this again.") };
  }
  try {
    const configuration = await resolveConfiguration({ workspace, cwd: workspace }, plugin);
    const { file } = configuration;
    const fact = file ? `${file} is found and valid.` : "There is no phasewise.config.*: the recommended rules hold.";
    return { check: file ? ok(name, fact) : note(name, fact), ground: { plugin, configuration } };
  } catch (error) {
    return { check: wrong(name, messageOf(error), "Repair it: neither the editor nor the gate can use it.") };
  }
}

/** Does oxlint, which `phasewise check` runs, load the plugin for a file of the workspace? */
export async function checkOxlint(
  workspace: string,
  files: readonly string[],
  { plugin, configuration }: Ground,
): Promise<Check> {
  const [file] = files;
  if (file === undefined) return note("oxlint", "There is no file to try oxlint on.");
  const content = createOxlintConfig(configuration, plugin, workspace);
  try {
    const { notes } = await withOxlintConfig(content, (config) =>
      runOxlint({ workspace, config, paths: [file], ignore: [] }),
    );
    const rules = notes[0]?.rules.length ?? 0;
    if (rules > 0) return ok("oxlint", `oxlint, which the gate runs, loads the plugin with ${rules} rules.`);
    return wrong("oxlint", "oxlint runs without the plugin's rules.", "Reinstall @phasewise/eslint-plugin.");
  } catch (error) {
    return wrong("oxlint", "oxlint does not load the plugin.", messageOf(error));
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

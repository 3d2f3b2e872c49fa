import { resolveConfiguration, type Configuration } from "../configuration/resolve.js";
import { createOxlintConfig, withOxlintConfig } from "../gate/oxlint-config.js";
import { runOxlint } from "../gate/oxlint.js";
import { findPlugin, type Plugin } from "../gate/plugin.js";
import { type Check, note, ok, wrong } from "./check.js";

/** Is there a configuration, can it be used, and does oxlint, which `phasewise check` runs, load the plugin with it? */
export async function checkGate(workspace: string, files: readonly string[]): Promise<Check[]> {
  let plugin: Plugin;
  try {
    plugin = await findPlugin(workspace);
  } catch (error) {
    return [wrong("oxlint", messageOf(error), "Then run this again: it tells about the configuration too.")];
  }
  try {
    const configuration = await resolveConfiguration({ workspace, cwd: workspace }, plugin);
    return [describe(configuration), await checkHost(workspace, files, plugin, configuration)];
  } catch (error) {
    return [wrong("configuration", messageOf(error), "Repair it: neither the editor nor the gate can use it.")];
  }
}

function describe({ file }: Configuration): Check {
  if (file === undefined) return note("configuration", "There is no phasewise.config.*: the recommended rules hold.");
  return ok("configuration", `${file} is found and valid.`);
}

async function checkHost(
  workspace: string,
  files: readonly string[],
  plugin: Plugin,
  configuration: Configuration,
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

import { createRequire } from "node:module";
import { join } from "node:path";
import { GeneratorError } from "../errors.js";

const PLUGIN = "@phasewise/eslint-plugin";

/** The configuration for oxlint in the plugin that the workspace has installed, so that editor and gate use the same rules. */
export function findPluginConfig(workspace: string): string {
  try {
    return createRequire(join(workspace, "package.json")).resolve(`${PLUGIN}/oxlint/recommended.json`);
  } catch (cause) {
    throw new GeneratorError(
      "WRONG_USAGE",
      `The rules are not installed: ${PLUGIN}/oxlint/recommended.json was not found from ${workspace}. ` +
        `Install them with: npm install --save-dev ${PLUGIN}`,
      { cause },
    );
  }
}

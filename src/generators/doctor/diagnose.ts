import { sep } from "node:path";
import ignore from "ignore";
import { findSourceFiles } from "../gate/source-files.js";
import { findTargets } from "../gate/targets.js";
import { version } from "../release.js";
import type { Check } from "./check.js";
import { checkEslint } from "./eslint-host.js";
import { checkOxlint, findGround } from "./gate-host.js";
import { checkTypes } from "./native-checker.js";
import { checkNode } from "./node-version.js";
import { checkVersions } from "./package-versions.js";
import { checkEditor, checkIgnored } from "./surroundings.js";

/** Looks at everything that the editor and the gate need to work in the workspace around a folder. */
export async function diagnose(cwd: string): Promise<Check[]> {
  const { workspace } = await findTargets(cwd, []);
  const { check: configuration, ground } = await findGround(workspace);
  const left = ignore().add([...(ground?.configuration.ignores ?? [])]);
  const files = (await findSourceFiles(workspace)).filter((file) => !left.ignores(file.split(sep).join("/"))).sort();
  const checks = await Promise.all([
    checkNode(process.versions.node),
    checkVersions(version, workspace),
    checkTypes(workspace, files),
    configuration,
    ...(ground ? [checkOxlint(workspace, files, ground)] : []),
    checkEslint(workspace, files),
    checkEditor(workspace),
    checkIgnored(workspace),
  ]);
  return checks.flat();
}

import { type Check, ok, wrong } from "./check.js";
import { findPackage } from "./installed-package.js";

const PLUGIN = "@phasewise/eslint-plugin";
const RUNTIME = "@phasewise/runtime";

/** The packages of a release are made for each other. */
export async function checkVersions(version: string, workspace: string): Promise<Check> {
  const [plugin, runtime] = await Promise.all([findPackage(PLUGIN, workspace), findPackage(RUNTIME, workspace)]);
  if (!plugin)
    return wrong("versions", `${PLUGIN} is not installed.`, `Run: npm install --save-dev ${PLUGIN}@${version}`);
  const installed = [
    [PLUGIN, plugin],
    [RUNTIME, runtime],
  ] as const;
  const others = installed.filter(([, found]) => found && found.version !== version);
  if (others.length === 0) return ok("versions", `phasewise and its packages are all of version ${version}.`);
  const names = others.map(([name, found]) => `${name} is ${found?.version}`).join(" and ");
  const commands = others.map(([name]) => `npm install ${name === PLUGIN ? "--save-dev " : ""}${name}@${version}`);
  return wrong("versions", `phasewise is ${version}, but ${names}.`, `Run: ${commands.join(" && ")}`);
}

// Loaded into a program with `--import`, or imported: the native checker's program is nowhere to be found, or is no
// program at all (PHASEWISE_HIDE_CHECKER=broken).
import childProcess from "node:child_process";
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";

const { spawn } = childProcess;
const { existsSync } = fs;
const isBroken = process.env["PHASEWISE_HIDE_CHECKER"] === "broken";

if (isBroken) Object.assign(childProcess, { spawn: spawnNothing });
// eslint-disable-next-line phasewise/no-sync-io -- stands in for the function itself
else Object.assign(fs, { existsSync: (/** @type {string} */ path) => !isChecker(path) && existsSync(path) });
syncBuiltinESMExports();

/** @param {[string, readonly string[], object]} args */
function spawnNothing(...[file, ...rest]) {
  return Reflect.apply(spawn, childProcess, [isChecker(file) ? `${file}-of-another-platform` : file, ...rest]);
}

/** @param {string} path */
function isChecker(path) {
  return /[\\/]@typescript[\\/]typescript-[^\\/]+[\\/]lib[\\/]tsc(?:\.exe)?$/.test(path);
}

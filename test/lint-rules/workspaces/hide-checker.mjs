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

/**
 * A signal to a program that was not started would reach whatever process has the number that stands in the memory of the handle.
 * @param {[string, readonly string[], object]} args
 */
function spawnNothing(...[file, ...rest]) {
  if (!isChecker(file)) return Reflect.apply(spawn, childProcess, [file, ...rest]);
  const child = Reflect.apply(spawn, childProcess, [`${file}-of-another-platform`, ...rest]);
  const kill = (/** @type {number} */ signal) => {
    // eslint-disable-next-line phasewise/no-sync-io -- says so before anything else happens
    fs.writeSync(2, `Signal ${signal} to nobody\n`);
  };
  Object.assign(child._handle, { kill });
  return child;
}

/** @param {string} path */
function isChecker(path) {
  return /[\\/]@typescript[\\/]typescript-[^\\/]+[\\/]lib[\\/]tsc(?:\.exe)?$/.test(path);
}

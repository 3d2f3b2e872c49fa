// Loaded into a program with `--import`: lets it fail, die or stop at the n-th change it makes to the file system.
// PHASEWISE_FAULT is a fault and a number: `kill:3` is SIGKILL before the third change, `tear:3` amid it, with half of a
// text written; `fail:3` finds no space left for the third, `fill:3` for its second half; `stop:3` is SIGSTOP before it.
import fs from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";

const [fault = "", at = ""] = (process.env["PHASEWISE_FAULT"] ?? "").split(":");
const names = /** @type {const} */ (["mkdir", "writeFile", "chmod", "link", "copyFile", "rename", "rm", "rmdir"]);
let changes = 0;

for (const name of names) {
  const original = /** @type {(...args: unknown[]) => Promise<unknown>} */ (fs[name]);
  Object.assign(fs, { [name]: (/** @type {unknown[]} */ ...args) => change(name, args, original) });
}
syncBuiltinESMExports();

/**
 * @param {string} name
 * @param {unknown[]} args
 * @param {(...args: unknown[]) => Promise<unknown>} make
 */
async function change(name, args, make) {
  if (++changes !== Number(at)) return make(...args);
  process.stderr.write("fault injected\n");
  const isHalf = (fault === "tear" || fault === "fill") && name === "writeFile";
  const [file, text, ...options] = args;
  if (isHalf) await make(file, String(text).slice(0, String(text).length / 2), ...options);
  if (fault === "kill" || fault === "tear") await die();
  if (fault === "fail" || fault === "fill") throw noSpace();
  if (fault === "stop") process.kill(process.pid, "SIGSTOP");
  return make(...args);
}

function die() {
  process.kill(process.pid, "SIGKILL");
  return new Promise(() => {});
}

function noSpace() {
  return Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC", syscall: "write" });
}

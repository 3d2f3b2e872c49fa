// Loaded into a program with `--import`: lets it fail or die at the n-th change it makes to the file system.
// PHASEWISE_FAULT is `kill:3` (SIGKILL before the third change) or `fail:3` (the third finds no space left).
import fs from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";

const [fault = "", at = ""] = (process.env["PHASEWISE_FAULT"] ?? "").split(":");
const names = /** @type {const} */ (["mkdir", "writeFile", "chmod", "link", "rename", "rm", "rmdir"]);
let changes = 0;

for (const name of names) {
  const original = /** @type {(...args: unknown[]) => Promise<unknown>} */ (fs[name]);
  Object.assign(fs, { [name]: (/** @type {unknown[]} */ ...args) => change(() => original(...args)) });
}
syncBuiltinESMExports();

/** @param {() => Promise<unknown>} make */
async function change(make) {
  const isHere = ++changes === Number(at);
  if (isHere) process.stderr.write("fault injected\n");
  if (isHere && fault === "kill") await die();
  if (isHere && fault === "fail") throw noSpace();
  return make();
}

function die() {
  process.kill(process.pid, "SIGKILL");
  return new Promise(() => {});
}

function noSpace() {
  return Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC", syscall: "write" });
}

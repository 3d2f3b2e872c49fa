// Builds the three packages into their `dist` folders. Each is emptied first, so that nothing of an older build is packed.
import { spawn } from "node:child_process";
import { rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const tsc = join(dirname(createRequire(import.meta.url).resolve("@typescript/native/package.json")), "bin", "tsc");

await Promise.all([
  build("runtime", [tsc, "-p", "src/runtime", "--emitDeclarationOnly"], ["src/runtime/build.mjs"]),
  build("lint-rules", [tsc, "-p", "src/lint-rules"], ["scripts/write-oxlint-configs.mjs"]),
  build("generators", ["src/generators/build.mjs"]),
]);

/**
 * @param {string} folder below `src`
 * @param {string[][]} steps arguments of `node`, run one after another
 */
async function build(folder, ...steps) {
  await rm(join(root, "src", folder, "dist"), { recursive: true, force: true });
  for (const step of steps) await runNode(step);
}

/** @param {string[]} args */
async function runNode(args) {
  const child = spawn(process.execPath, args, { cwd: root, stdio: "inherit" });
  const code = await new Promise((resolve, reject) => child.once("error", reject).once("exit", resolve));
  if (code !== 0) throw new Error(`node ${args.join(" ")} ended with code ${code}`);
}

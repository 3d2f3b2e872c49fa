/* Runs the benchmarks one after another, each in a process of its own, with the options that this was given. */
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const benches = ["boot", "results", "events", "packages"];

for (const bench of benches) {
  const program = fileURLToPath(new URL(`./${bench}/index.js`, import.meta.url));
  const child = spawn(process.execPath, [program, ...process.argv.slice(2)], { stdio: "inherit" });
  const code = await new Promise((resolve, reject) => child.once("error", reject).once("exit", resolve));
  if (code !== 0) process.exitCode = 1;
}

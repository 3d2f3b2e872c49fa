/* Runs benchmarks one after another, each in a process of its own: those that are named, or else all of them. */
import { spawn } from "node:child_process";
import { access } from "node:fs/promises";
import { fileURLToPath } from "node:url";

const benches = [
  "boot",
  "results",
  "events",
  "packages",
  "async",
  "async-vs-sync",
  "lint",
  "relint",
  "generate",
  "orders",
];
/** These are run by name alone. */
const others = ["foreign"];
/** These need no library of this folder. */
const withoutPeers = ["async-vs-sync", "orders"];

const given = process.argv.slice(2);
const names = given.filter((argument) => !argument.startsWith("-"));
const options = given.filter((argument) => argument.startsWith("-"));
const chosen = names.length > 0 ? names : benches;

const unknown = names.filter((name) => ![...benches, ...others].includes(name));
if (unknown.length > 0)
  fail(`There is no benchmark ${unknown.join(", ")}: name some of ${[...benches, ...others].join(", ")}.`);
else if (!(await exists("../src/runtime/dist/index.js"))) fail("Nothing has been built yet. Run: npm run build");
else if (!chosen.every((name) => withoutPeers.includes(name)) && !(await exists("./node_modules/effect")))
  fail("The libraries to compare with are not installed. Run: npm ci --prefix bench");
else for (const name of chosen) await run(name);

/** @param {string} name */
async function run(name) {
  const program = fileURLToPath(new URL(`./${name}/index.js`, import.meta.url));
  const child = spawn(process.execPath, [program, ...options], { stdio: "inherit" });
  const code = await new Promise((resolve, reject) => child.once("error", reject).once("exit", resolve));
  if (code !== 0) process.exitCode = 1;
}

/** @param {string} path */
function exists(path) {
  return access(new URL(path, import.meta.url)).then(
    () => true,
    () => false,
  );
}

/** @param {string} message */
function fail(message) {
  console.error(message);
  process.exitCode = 1;
}

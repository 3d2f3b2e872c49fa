// Compiles the examples and runs one: `npm run example -- batch-pipeline`. One that is an application is given what
// follows its name: `npm run example -- orders --servers`. Builds the packages before, if they are not built.
import { spawn } from "node:child_process";
import { access, readdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = join(root, "examples");
const tsc = join(dirname(createRequire(import.meta.url).resolve("@typescript/native/package.json")), "bin", "tsc");

const applications = ["orders"];

const [name, ...rest] = process.argv.slice(2);
const names = (await readdir(folder)).flatMap((file) => (file.endsWith(".ts") ? [file.slice(0, -3)] : []));
const examples = [...names.filter((example) => example !== "local-site"), ...applications].sort();

if (name === undefined || !examples.includes(name)) {
  console.error(`${name === undefined ? "Name an example" : `There is no example ${name}`}: ${examples.join(", ")}.`);
  process.exitCode = 1;
} else {
  if (!(await exists("src/runtime/dist/index.js"))) await run(join(root, "scripts/build.mjs"));
  const isApplication = applications.includes(name);
  const project = isApplication ? join(folder, name) : folder;
  await run(tsc, "-p", project);
  await run(join(project, "dist", isApplication ? "src/main.js" : `${name}.js`), ...rest);
}

/** @param {string} path */
function exists(path) {
  return access(join(root, path)).then(
    () => true,
    () => false,
  );
}

/** @param {string[]} args */
async function run(...args) {
  const child = spawn(process.execPath, args, { cwd: root, stdio: "inherit" });
  const code = await new Promise((resolve, reject) => child.once("error", reject).once("exit", resolve));
  if (code !== 0) process.exit(code ?? 1);
}

// The newcomer's path from a fresh clone to a running application: build, scaffold, generate, check, boot, break, repair.
import { spawn } from "node:child_process";
import { mkdir, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { createInterface } from "node:readline/promises";
import { fileURLToPath } from "node:url";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs, styleText } from "node:util";
import { findNpm, run, runOrFail } from "./command.mjs";
import { pack } from "./pack.mjs";
import { violations } from "./quickstart-violations.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const demo = join(root, "demo");
const packages = join(root, "demo-packages");
const bootLimitMs = 60_000;
const steps = 5;
let step = 0;

try {
  await main();
} catch (error) {
  if (step > 0) console.error(paint("red", `\nQuickstart stopped in step ${step} of ${steps}.`));
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

async function main() {
  const { values } = parseArgs({ options: { force: { type: "boolean", default: false } } });
  await clearDemo(values.force);

  await perform("Build the three packages and pack them, as they would be published", async () => {
    await execute(root, "node", "scripts/build.mjs");
    show("npm pack --workspaces --pack-destination demo-packages");
    for (const name of await pack(packages)) say(`  ${name}`);
  });

  await perform("Scaffold an application into ./demo and install it from the packed packages", async () => {
    await execute(
      root,
      "node",
      "src/generators/dist/phasewise.js",
      "create",
      "app",
      "demo",
      "--packages",
      "demo-packages",
    );
    await executeNpm(demo, "install", "--prefer-offline", "--no-audit", "--no-fund", "--loglevel=error");
  });

  await perform("Add a module, and a second service to it", async () => {
    say(indent((await executeBin("create-module", "orders")).stdout));
    say(indent((await executeBin("phasewise", "create", "service", "invoice-mailer", "--module", "orders")).stdout));
  });

  await perform("Check it, test it, run it, stop it", async () => {
    say(indent((await executeBin("phasewise", "check")).stdout));
    await executeBin("tsc", "--noEmit");
    say(indent((await executeNpm(demo, "test")).stdout.replace(/[^]*?(?=^\s*Test Files)/m, "")));
    await executeNpm(demo, "run", "build");
    await bootAndStop();
  });

  await perform("Break three rules on purpose, and let the gate find them", async () => {
    const interrupt = () => void removePlantedAndExit();
    process.once("SIGINT", interrupt);
    try {
      await plant();
      await expectFindings();
    } finally {
      await removePlanted();
      process.off("SIGINT", interrupt);
    }
    await executeBin("phasewise", "check");
    say("  The planted files are gone again, and the gate is content.");
  });

  say(`
${paint("green", "Everything works.")} Your application is in ./demo. What to try next:

  cd demo
  npm run dev                              run it, and run it again whenever a file changes
  npx create-module billing --depends-on orders
  npx phasewise create service --help      everything has a help text; --dry-run shows a diff and writes nothing
  npx phasewise check --format json        what your CI would read

Open ./demo in your editor with the ESLint extension: the same findings appear while you type.
The guides are in docs/.`);
}

/** @param {boolean} force */
async function clearDemo(force) {
  const exists = await stat(demo).catch(() => undefined);
  if (!exists) return;
  if (!force && !(await confirm("./demo exists already. Replace it? [y/N] "))) {
    throw new Error("./demo exists already and was left as it is. To replace it: npm run quickstart -- --force");
  }
  await rm(demo, { recursive: true, force: true });
}

/** @param {string} question */
async function confirm(question) {
  if (!process.stdin.isTTY) return false;
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return /^y(?:es)?$/i.test(await terminal.question(question));
  } finally {
    terminal.close();
  }
}

/**
 * @param {string} title
 * @param {() => Promise<void>} work
 */
async function perform(title, work) {
  step += 1;
  const begun = performance.now();
  say(paint("bold", `\n${step}/${steps} ${title}`));
  await work();
  say(paint("dim", `  done in ${((performance.now() - begun) / 1000).toFixed(1)} s`));
}

/**
 * Runs a program as the newcomer would type it; what it prints is shown when it fails.
 *
 * @param {string} folder
 * @param {string} command
 * @param {string[]} args
 */
async function execute(folder, command, ...args) {
  show([command, ...args].join(" "), folder);
  return runOrFail(command === "node" ? process.execPath : command, args, { cwd: folder });
}

/**
 * @param {string} folder
 * @param {string[]} args
 */
async function executeNpm(folder, ...args) {
  show(["npm", ...args].join(" "), folder);
  const npm = findNpm();
  return runOrFail(npm.command, [...npm.args, ...args], { cwd: folder });
}

/**
 * Runs a program that the demo has installed.
 *
 * @param {string} name
 * @param {string[]} args
 */
async function executeBin(name, ...args) {
  show(["npx", name, ...args].join(" "), demo);
  return runOrFail(...inDemo(name, args));
}

/**
 * @param {string} name
 * @param {string[]} args
 * @returns {[string, string[], { cwd: string }]}
 */
function inDemo(name, args) {
  const npm = findNpm();
  return [npm.command, [...npm.args, "exec", "--no", "--", name, ...args], { cwd: demo }];
}

/** Starts the built application, waits for its boot report, and stops it as a process manager would. */
async function bootAndStop() {
  show("npm start", demo);
  const app = spawn(process.execPath, ["dist/src/main.js"], { cwd: demo, stdio: ["ignore", "pipe", "pipe"] });
  let printed = "";
  const ended = new Promise((resolve) => app.once("exit", (code, signal) => resolve(signal ?? code)));
  const booted = new Promise((/** @type {(problem: undefined) => void} */ resolve) => {
    for (const stream of [app.stdout, app.stderr]) {
      stream.setEncoding("utf8").on("data", (text) => {
        printed += text;
        if (/critical path/i.test(printed) && /Hello/.test(printed)) resolve(undefined);
      });
    }
  });
  const gaveUp = sleep(bootLimitMs, "it took too long", { ref: false });
  const problem = await Promise.race([booted, ended.then((outcome) => `it ended with ${outcome}`), gaveUp]);
  say(indent(printed));
  if (problem) {
    app.kill("SIGKILL");
    throw new Error(`The application did not boot: ${problem}.`);
  }
  show("kill -TERM <the application>");
  app.kill("SIGTERM");
  const outcome = await ended;
  if (outcome !== 0) throw new Error(`The application did not stop cleanly on SIGTERM: it ended with ${outcome}.`);
  say("  It stopped cleanly on SIGTERM, with exit code 0.");
}

async function plant() {
  for (const { file, text } of violations.files) {
    say(`  planted ${relative(root, join(demo, file))}`);
    await mkdir(dirname(join(demo, file)), { recursive: true });
    await writeFile(join(demo, file), text, { flag: "wx" });
  }
}

async function removePlanted() {
  for (const { file } of violations.files) await rm(join(demo, file), { force: true });
  await rm(join(demo, violations.folder), { recursive: true, force: true });
}

async function removePlantedAndExit() {
  await removePlanted();
  process.exit(130);
}

async function expectFindings() {
  show("npx phasewise check", demo);
  const pretty = await run(...inDemo("phasewise", ["check"]));
  say(indent(pretty.stdout));
  if (pretty.code !== 1)
    throw new Error(`The gate should have ended with 1 on findings, and ended with ${pretty.code}.`);
  const { findings } = JSON.parse((await run(...inDemo("phasewise", ["check", "--format", "json"]))).stdout);
  for (const expected of violations.findings) {
    const found = findings.find((/** @type {any} */ finding) => isFinding(finding, expected));
    if (!found) throw new Error(`The gate missed ${JSON.stringify(expected)} in ${JSON.stringify(findings, null, 2)}`);
    const path = found.path.length > 1 ? ` by the path ${found.path.join(" → ")}` : "";
    say(`  ${paint("green", "found")} ${found.rule} at ${found.file}:${found.line}${path}`);
  }
}

/**
 * @param {{ rule: string, file: string, line: number, path: string[] }} finding
 * @param {import("./quickstart-violations.mjs").Expected} expected
 */
function isFinding(finding, expected) {
  return (
    finding.rule === expected.rule &&
    finding.file === expected.file &&
    finding.line === expected.line &&
    (!expected.path || finding.path.join(" → ") === expected.path.join(" → "))
  );
}

/**
 * @param {string} command
 * @param {string} [folder]
 */
function show(command, folder = root) {
  const place = relative(root, folder);
  say(paint("cyan", `  ${place === "" ? "" : `${place} `}$ ${command}`));
}

/** @param {string} text */
function indent(text) {
  return text.trimEnd().replace(/^/gm, "    ");
}

/** @param {string} text */
function say(text) {
  console.log(text);
}

/**
 * @param {"bold" | "cyan" | "dim" | "green" | "red"} style
 * @param {string} text
 */
function paint(style, text) {
  return process.stdout.isTTY && !process.env["NO_COLOR"] ? styleText(style, text) : text;
}

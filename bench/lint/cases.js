import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * A way to lint a workspace, as a whole process.
 *
 * @typedef {object} Case
 * @property {string} name
 * @property {import("../series.js").Kind} kind
 * @property {readonly string[]} command runs in the folder of the workspace
 * @property {NodeJS.ProcessEnv} env
 * @property {number} [limit] how many times as long as this peer ours may take
 * @property {(output: string) => string[]} readFloating the places of floating promises, as `file:line`
 */

const here = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url));
const packageFolder = (/** @type {string} */ name, /** @type {string} */ from) =>
  dirname(createRequire(here(from)).resolve(`${name}/package.json`));

const eslint = join(packageFolder("eslint", "./cases.js"), "bin/eslint.js");
/** The program that the gate uses. */
export const oxlint = join(packageFolder("oxlint", "../../src/generators/package.json"), "bin/oxlint");
/** The memory that Node gives a program by itself is not enough for the largest workspace. */
const roomForEslint = { NODE_OPTIONS: "--max-old-space-size=16384" };

/** @type {readonly Case[]} */
export const cases = [
  {
    name: "phasewise check",
    kind: "own",
    command: [process.execPath, here("../../src/generators/dist/phasewise.js"), "check", "--format", "json"],
    env: {},
    readFloating: readGate,
  },
  {
    name: "ESLint + typescript-eslint",
    kind: "peer",
    command: [process.execPath, eslint, "-c", here("./typescript-eslint.config.js"), "-f", "json", "modules"],
    env: roomForEslint,
    limit: 1 / 6,
    readFloating: readEslint,
  },
  {
    name: "oxlint --type-aware",
    kind: "peer",
    command: [process.execPath, oxlint, "-c", here("./oxlint.json"), "--type-aware", "-f", "json", "modules"],
    env: { OXLINT_TSGOLINT_PATH: join(packageFolder("oxlint-tsgolint", "./cases.js"), "bin/tsgolint.js") },
    limit: 4,
    readFloating: readOxlint,
  },
  {
    name: "ESLint + our plugin",
    kind: "bound",
    command: [process.execPath, eslint, "-c", here("./plugin.config.js"), "-f", "json", "modules"],
    env: roomForEslint,
    readFloating: readEslint,
  },
];

/** @param {string} output */
function readGate(output) {
  /** @type {{ findings: { rule: string, file: string, line: number }[] }} */
  const { findings } = JSON.parse(output);
  return findings.flatMap(({ rule, file, line }) => (isFloating(rule) ? [`${file}:${line}`] : []));
}

/** @param {string} output */
function readEslint(output) {
  /** @type {{ filePath: string, messages: { ruleId: string, line: number }[] }[]} */
  const results = JSON.parse(output);
  return results.flatMap(({ filePath, messages }) => {
    const file = filePath.slice(filePath.lastIndexOf("modules/"));
    return messages.flatMap(({ ruleId, line }) => (isFloating(ruleId) ? [`${file}:${line}`] : []));
  });
}

/** @param {string} output */
function readOxlint(output) {
  /** @type {{ diagnostics: { filename: string, code: string, labels: { span: { line: number } }[] }[] }} */
  const { diagnostics } = JSON.parse(output);
  return diagnostics.flatMap(({ filename, code, labels: [label] }) =>
    isFloating(code) ? [`${filename}:${label?.span.line}`] : [],
  );
}

/** @param {string} rule */
function isFloating(rule) {
  return rule.includes("no-floating-promises");
}

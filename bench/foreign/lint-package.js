import { execFile } from "node:child_process";
import { oxlint } from "../lint/cases.js";

/**
 * @typedef {object} Finding
 * @property {string} rule
 * @property {string} place `effect/src/Effect.ts:12`
 * @property {string} message
 */

/**
 * Lints the sources of a package.
 *
 * @param {{ name: string, folder: string }} subject
 * @param {{ cwd: string, config: string }} options
 * @returns {Promise<{ files: number, findings: Finding[] }>}
 */
export async function lintPackage({ name, folder }, { cwd, config }) {
  const output = await runOxlint(["-c", config, "--disable-nested-config", "--no-ignore", "-f", "json", folder], cwd);
  /** @type {{ number_of_files: number, diagnostics: { code?: string, filename: string, message: string, labels: { span: { line: number } }[] }[] }} */
  const { number_of_files: files, diagnostics } = JSON.parse(output);
  const findings = diagnostics.map(({ code, filename, message, labels: [label] }) => {
    if (code === undefined) throw new Error(`${name}: ${filename}: ${message}`);
    const rule = code.replace(/^phasewise\((.*)\)$/, "$1");
    return { rule, place: `${name}/${filename}:${label?.span.line}`, message };
  });
  return { files, findings: findings.sort((one, other) => (one.place < other.place ? -1 : 1)) };
}

/** oxlint exits with 1 when it finds something; what it prints tells whether it did its work. @param {readonly string[]} args @param {string} cwd @returns {Promise<string>} */
function runOxlint(args, cwd) {
  return new Promise((resolve) => {
    execFile(process.execPath, [oxlint, ...args], { cwd, maxBuffer: 2 ** 28 }, (_error, stdout, stderr) => {
      resolve(stdout || stderr);
    });
  });
}

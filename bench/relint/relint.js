// @ts-nocheck The peers are installed in bench/ only.
/** Lints one file of a workspace again and again, each time with another text, and prints how long each time took. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { ESLint } from "eslint";
import { createConfig } from "./configs.js";

const [name = "", folder = "", file = "", rounds = "30"] = process.argv.slice(2);
const eslint = new ESLint({ cwd: folder, overrideConfigFile: true, overrideConfig: createConfig(name, folder) });
const path = join(folder, file);
const text = await readFile(path, "utf8");
const isOurs = name.startsWith("phasewise");
const reachesBlocking = text.includes("peek(");

/** Nothing is as slow as the first time, nor the second. */
const WARM_UPS = 8;
/** @type {number[]} */
const timesMs = [];
for (let round = -WARM_UPS; round < Number(rounds); round++) {
  const wrong = round % 2 === 0;
  const call = wrong ? "lookAgain()" : "await lookAgain()";
  const edited =
    `${text}\nasync function lookAgain(): Promise<void> {}\n` +
    `export async function edit${round + WARM_UPS}(): Promise<void> {\n  ${call};\n}\n`;
  const begunMs = performance.now();
  const [result] = await eslint.lintText(edited, { filePath: path });
  if (round >= 0) timesMs.push(performance.now() - begunMs);
  const rules = (result?.messages ?? []).map(({ ruleId }) => ruleId);
  assert.equal(
    rules.includes(`${isOurs ? "phasewise" : "@typescript-eslint"}/no-floating-promises`),
    wrong,
    "the edit",
  );
  if (isOurs && reachesBlocking)
    assert.ok(rules.includes("phasewise/no-sync-io"), "what the edited function reaches in another file");
}
console.log(JSON.stringify(timesMs));

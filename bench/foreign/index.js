/* Lints published packages with the rules that need no Phasewise, and prints what they find. A rule that crashes is an error. */
import { mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import plugin from "@phasewise/eslint-plugin";
import { readOptions } from "../options.js";
import { printReport } from "../report.js";
import { lintPackage } from "./lint-package.js";
import { copySources, packages } from "./packages.js";
import { spread } from "./spread.js";

const rules = Object.entries({
  "no-floating-promises": "error",
  "no-misused-promises": "error",
  "no-sync-io": "error",
  "no-unhandled-result": "error",
  "prefer-async-await": "error",
  "prefer-concurrent-await": "error",
  "require-disposal": "error",
  "require-timeout": ["error", { everywhere: true }],
}).filter(([name]) => name in plugin.rules);
const configuration = {
  jsPlugins: [{ name: "phasewise", specifier: fileURLToPath(import.meta.resolve("@phasewise/eslint-plugin")) }],
  plugins: [],
  categories: { correctness: "off" },
  rules: Object.fromEntries(rules.map(([name, setting]) => [`phasewise/${name}`, setting])),
};

const options = readOptions();
const folder = await mkdtemp(join(await realpath(tmpdir()), "phasewise-foreign-"));
const linted = [];
try {
  const config = join(folder, "oxlint.json");
  await writeFile(config, JSON.stringify(configuration));
  for (const subject of packages) {
    const cwd = join(folder, subject.name);
    await copySources(subject, cwd);
    linted.push({ name: subject.name, ...(await lintPackage(subject, { cwd, config })) });
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}

const findings = linted.flatMap((one) => one.findings);
const sample = spread(findings, options.sample, ({ rule, place }) => `${rule} ${place.split("/")[0]}`);
printReport(
  {
    bench: "foreign",
    tables: [
      {
        title: "What is found in published packages",
        columns: ["package", "files", ...rules.map(([name]) => name)],
        rows: linted.map(({ name, files, findings }) => {
          const counts = rules.map(([rule]) => findings.filter((finding) => finding.rule === rule).length);
          return [name, String(files), ...counts.map(String)];
        }),
      },
      ...(sample.length === 0 ? [] : [listSample(sample)]),
    ],
    figures: findings,
    targets: [],
  },
  options,
);

/** @param {readonly import("./lint-package.js").Finding[]} some @returns {import("../report.js").Table} */
function listSample(some) {
  const rows = some.map(({ rule, place, message }) => [rule, place, message]);
  return { title: "A sample", columns: ["rule", "place", "message"], rows };
}

import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { formatNames } from "../../../src/generators/gate/formats/formats.js";
import { createRealWorkspace } from "./real-plugin.js";
import { loadReportSchema } from "./report-schemas.js";

const page = await readFile(new URL("../../../docs/reports.md", import.meta.url), "utf8");
const blocks = (language: string) =>
  [...page.matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\`$`, "gm"))].map(([, text = ""]) => text);

/** The files of the page; their first line, which names them, is no part of them. */
const files = Object.fromEntries(
  blocks("ts").map((text) => {
    const [, file = "", code = ""] = /^\/\/ (\S+)\n([^]*)$/.exec(text) ?? [];
    return [file, code];
  }),
);

/** What differs between machines and runs, made equal. */
function settle(report: string): string {
  return report
    .replace(/\(\d+\.\d s\)/, "(0.0 s)")
    .replace(/"durationMs": \d+/, '"durationMs": 0')
    .replaceAll(/^( {2}no-sync-io {2}).*$/gm, "$1page");
}

test("the files of the page give the report that the page shows", async () => {
  await using workspace = await createRealWorkspace(files);
  const { stdout } = await workspace.check();
  expect(settle(stdout)).toBe(settle(blocks("text")[0]!));
});

test("the files of the page give the JSON that the page shows, which is what the schema says", async () => {
  await using workspace = await createRealWorkspace(files);
  const shown = JSON.parse(settle(blocks("json")[0]!));
  expect(JSON.parse(settle((await workspace.check(["--format", "json"])).stdout))).toEqual(shown);
  expect((await loadReportSchema())(shown)).toEqual([]);
});

test("a report with all that the gate looks at is what the schema says", async () => {
  await using workspace = await createRealWorkspace(files);
  await workspace.check(["--baseline"]);
  await workspace.write({
    "modules/billing/total.ts":
      'export const total: number = "none";\n// eslint-disable-next-line phasewise/no-sync-io\n',
    "modules/billing/wrong.ts": "let let = ;\n",
  });
  const report = JSON.parse((await workspace.check(["--format", "json", "--timings", "--types"])).stdout);
  expect((await loadReportSchema())(report)).toEqual([]);
  expect(report.summary).toMatchObject({ known: 2, gone: 0 });
  expect(report.findings.map(({ rule }: { rule: string }) => rule)).toEqual(
    expect.arrayContaining(["types/TS1109", "unused-disable", "syntax-error"]),
  );
});

test("the page has every format", () => {
  expect([...page.matchAll(/^\| `([a-z]+)` +\| /gm)].map(([, name]) => name).slice(0, formatNames.length)).toEqual(
    formatNames,
  );
});

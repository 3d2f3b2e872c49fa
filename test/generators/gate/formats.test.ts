import { describe, expect, test } from "vitest";
import { formatNames } from "../../../src/generators/gate/formats/formats.js";
import { loadReportSchema, loadSarifSchema } from "./report-schemas.js";
import { finding, format, report, steps } from "./sample-report.js";

interface FlowLocation {
  readonly location: {
    readonly message: { readonly text: string };
    readonly physicalLocation: { readonly artifactLocation: { readonly uri: string }; readonly region: object };
  };
}

const several = report([
  finding({ path: ["readTemplate", "fs.readFileSync"], steps }),
  finding({ severity: "warning", rule: "graph/cycle", line: 9, endLine: 11, endColumn: 2 }),
]);

test.each(formatNames)("%s has something to say also where nothing was found", (name) => {
  expect(format(name, report([])).length).toBeGreaterThan(1);
});

describe("json", async () => {
  const validate = await loadReportSchema();

  test.each([
    ["findings", several],
    ["no findings", report([])],
    [
      "timings",
      report([], {
        timings: {
          stages: { start: 90, lint: 700 },
          lint: { processes: 2, nativeChecker: 300, callGraph: 20, rules: { "no-sync-io": 1.5 } },
        },
      }),
    ],
  ])("is what the published schema says: %s", (_, given) => {
    expect(validate(JSON.parse(format("json", given)))).toEqual([]);
  });

  test("the published schema would not take another shape", () => {
    const { findings, summary } = JSON.parse(format("json", several));
    expect(validate({ schemaVersion: 1, findings: [{ ...findings[0], line: 0 }], summary })).not.toEqual([]);
    expect(validate({ schemaVersion: 1, findings: [{ ...findings[0], excerpt: "" }], summary })).not.toEqual([]);
    expect(validate({ schemaVersion: 2, findings, summary })).not.toEqual([]);
  });
});

describe("sarif", async () => {
  const validate = await loadSarifSchema();

  test.each([
    ["findings", several],
    ["no findings", report([])],
  ])("is what the official schema says: %s", (_, given) => {
    expect(validate(JSON.parse(format("sarif", given)))).toEqual([]);
  });

  test("the official schema would not take another shape", () => {
    const log = JSON.parse(format("sarif", several));
    log.runs[0].results[0].level = "fatal";
    expect(validate(log)).not.toEqual([]);
  });

  test("the way of a finding is a code flow, with a place for each name", () => {
    const [result, other] = JSON.parse(format("sarif", several)).runs[0].results;
    const [{ locations }] = result.codeFlows[0].threadFlows;
    const places = locations.map(({ location: { message, physicalLocation } }: FlowLocation) => [
      message.text,
      physicalLocation.artifactLocation.uri,
      physicalLocation.region,
    ]);
    expect(places).toEqual([
      ["readTemplate", "modules/billing/render.ts", { startLine: 4, startColumn: 20 }],
      ["fs.readFileSync", "modules/billing/my%20template.ts", { startLine: 8, startColumn: 10 }],
    ]);
    expect(other).not.toHaveProperty("codeFlows");
  });

  test("each result refers to its rule, and a rule that has a page to that", () => {
    const { results, tool } = JSON.parse(format("sarif", several)).runs[0];
    const rules = results.map(({ ruleIndex }: { ruleIndex: number }) => tool.driver.rules[ruleIndex]);
    expect(rules).toMatchObject([
      { id: "no-sync-io", helpUri: "https://example.org/no-sync-io" },
      { id: "graph/cycle" },
    ]);
  });

  test("files start from the root of the repository", () => {
    const [run] = JSON.parse(format("sarif", several, "packages/shop/")).runs;
    expect(run.results[0].locations[0].physicalLocation).toEqual({
      artifactLocation: { uri: "packages/shop/modules/billing/render.ts", uriBaseId: "%SRCROOT%" },
      region: { startLine: 4, startColumn: 20, endLine: 4, endColumn: 32 },
    });
    expect(run).toMatchObject({ columnKind: "utf16CodeUnits", originalUriBaseIds: { "%SRCROOT%": {} } });
  });
});

test("sarif has the finding's identifier as a partial fingerprint", () => {
  const [result] = JSON.parse(format("sarif", several)).runs[0].results;
  expect(result.partialFingerprints).toEqual({ "phasewise/v1": "id-0" });
});

test("gitlab has what Code Quality needs", () => {
  expect(JSON.parse(format("gitlab", several, "shop/"))[1]).toEqual({
    description: "This call blocks.",
    check_name: "graph/cycle",
    fingerprint: "id-1",
    severity: "minor",
    location: { path: "shop/modules/billing/render.ts", lines: { begin: 9, end: 11 } },
  });
});

describe("github", () => {
  test("is an annotation for each finding, with columns where it ends on its line, and a line that sums up", () => {
    expect(format("github", several, "shop/").split("\n")).toEqual([
      "::error file=shop/modules/billing/render.ts,line=4,endLine=4,col=20,endColumn=32,title=phasewise no-sync-io::" +
        "This call blocks.%0AreadTemplate  shop/modules/billing/render.ts:4%0Afs.readFileSync  shop/modules/billing/my template.ts:8",
      "::warning file=shop/modules/billing/render.ts,line=9,endLine=11,title=phasewise graph/cycle::This call blocks.",
      "1 error and 1 warning in 14 files.",
    ]);
  });

  test("no name or message can end its command, or begin another", () => {
    const [command] = format(
      "github",
      report([finding({ file: "a,b::c%\n.ts", message: "100%\r\n::error::x" })]),
    ).split("\n");
    expect(command).toContain("file=a%2Cb%3A%3Ac%25%0A.ts,");
    expect(command).toMatch(/::100%25%0D%0A::error::x$/);
  });
});

describe("junit", () => {
  test("is a suite a file, where errors fail and warnings pass", () => {
    const xml = format("junit", several);
    expect(xml).toContain('<testsuites name="phasewise check" tests="2" failures="1" errors="0" time="0.7">');
    expect(xml).toContain('<testcase name="no-sync-io (4:20)" classname="modules/billing/render.ts"');
    expect(xml).toContain("fs.readFileSync  modules/billing/my template.ts:8:10</failure>");
    expect(xml).toContain("<system-out>modules/billing/render.ts:9:20\nThis call blocks.</system-out>");
  });

  test("markup is escaped, and what no XML may hold is left out", () => {
    const xml = format("junit", report([finding({ message: '<a b="c">\u001B[2J & \uD800\uFFFE ]]>\n😀' })]));
    expect(xml).toContain('message="&lt;a b=&quot;c&quot;&gt;[2J &amp;  ]]&gt;&#10;😀"');
    expect(xml).toContain('\n&lt;a b="c"&gt;[2J &amp;  ]]&gt;\n😀</failure>');
  });
});

describe("markdown", () => {
  test("is a table with errors first and the way of each", () => {
    const [warning, error] = [...several.findings].reverse();
    expect(format("markdown", report([warning!, error!])).split("\n")).toEqual([
      "### Phasewise: 1 error and 1 warning in 14 files",
      "",
      "|  | Place | Finding | Rule |",
      "| --- | --- | --- | --- |",
      "| error | `modules/billing/render.ts:4:20` | This call blocks.<br>→ `readTemplate` `modules/billing/render.ts:4:20`" +
        "<br>→ `fs.readFileSync` `modules/billing/my template.ts:8:10` | `no-sync-io` |",
      "| warning | `modules/billing/render.ts:9:20` | This call blocks. | `graph/cycle` |",
      "",
      "Checked in 0.7 s.",
    ]);
  });

  test("only code in a message is markup, and no message ends its cell", () => {
    const given = report([finding({ message: "`a | b` is <b>*bad*</b> |\nsee [x](y)" })]);
    expect(format("markdown", given)).toContain("| `a \\| b` is \\<b\\>\\*bad\\*\\</b\\> \\|<br>see \\[x\\]\\(y\\) |");
  });

  test("a report too long for a comment tells how many findings it leaves out", () => {
    const text = format("markdown", report(Array.from({ length: 2000 }, () => finding({}))));
    const rows = text.match(/^\| error /gm)!.length;
    expect(text.length).toBeLessThan(65_536);
    expect(text).toContain(`${2000 - rows} more are not shown here.`);
  });
});

describe("pretty", () => {
  test("shows the way of a finding with its places, and where its rule is explained", () => {
    expect(format("pretty", report([finding({ steps })])).split("\n")).toEqual([
      "modules/billing/render.ts",
      "  4:20  error  This call blocks.  no-sync-io",
      "    4 | const template = readTemplate();",
      "      |                  ^^^^^^^^^^^^",
      "      readTemplate     modules/billing/render.ts:4:20",
      "    → fs.readFileSync  modules/billing/my template.ts:8:10",
      "",
      "Rules",
      "  no-sync-io  https://example.org/no-sync-io",
      "",
      "1 error and 0 warnings in 14 files (0.7 s).",
    ]);
  });

  test("a page that is installed in the workspace is named by its path", () => {
    const page = { rule: "no-sync-io", description: "", url: "file:///workspace/node_modules/plugin/no-sync-io.md" };
    expect(format("pretty", report([finding({})], { rules: [page] }))).toContain(
      "  no-sync-io  node_modules/plugin/no-sync-io.md",
    );
  });
});

import { applyPatch, parsePatch } from "diff";
import { describe, expect, it } from "vitest";
import { createJsonFile, editFile } from "../../../src/generators/changes/change.js";
import { resolvePlan } from "../../../src/generators/changes/plan.js";
import { previewPlan } from "../../../src/generators/changes/preview.js";
import { importName } from "../../../src/generators/edits/import-name.js";
import { temporaryFolder } from "../temporary-folder.js";

const importMailer = importName("Mailer", "./mailer.js");

describe("the preview of a plan", () => {
  it("is a unified diff", async () => {
    await using folder = await temporaryFolder({ "a.ts": `import "./b.js";\n\nconsole.log(1);\n` });
    const plan = await resolvePlan(folder.path, [createJsonFile("x/b.json", [1]), editFile("a.ts", importMailer)]);

    expect(await previewPlan(plan)).toBe(`--- /dev/null
+++ b/x/b.json
@@ -0,0 +1,3 @@
+[
+  1
+]
--- a/a.ts
+++ b/a.ts
@@ -1,3 +1,4 @@
 import "./b.js";
+import { Mailer } from "./mailer.js";
 
 console.log(1);
`);
  });

  it("says nothing about a file that would stay as it is", async () => {
    await using folder = await temporaryFolder({ "a.ts": `import { Mailer } from "./mailer.js";\n` });
    expect(await previewPlan(await resolvePlan(folder.path, [editFile("a.ts", importMailer)]))).toBe("");
  });

  it("leads to the very texts of the plan when it is applied as a patch, also with CRLF", async () => {
    const before = `import "./b.js";\r\nconsole.log(1)`;
    await using folder = await temporaryFolder({ "a.ts": before });
    const plan = await resolvePlan(folder.path, [editFile("a.ts", importMailer)]);

    const [patch] = parsePatch(await previewPlan(plan));
    expect(applyPatch(before, patch!)).toBe(plan.writes[0]?.after);
  });
});

import { expect, test } from "vitest";
import { corpus } from "./corpus.js";
import { type Finding, Workspace } from "./workspace.js";

test("both hosts give the same findings for the same workspace", async () => {
  await using workspace = await Workspace.create(corpus);
  const [fromEslint, fromOxlint] = await Promise.all([workspace.lintWithEslint(), workspace.lintWithOxlint()]);

  expect(fromOxlint).toEqual(fromEslint);
  expect(countByFile(fromEslint)).toEqual({
    "modules/billing/account-service.ts": 13,
    "modules/billing/invoice-service.ts": 7,
    "modules/billing/module.ts": 3,
    "modules/billing/plain-service.js": 4,
    "modules/files/bom-crlf.ts": 1,
    "modules/files/bom.ts": 2,
    "modules/files/common.cts": 2,
    "modules/files/crlf.ts": 2,
    "modules/files/esm.mts": 2,
    "modules/files/floating.ts": 6,
    "modules/files/misused-page.tsx": 3,
    "modules/files/misused-plain.js": 5,
    "modules/files/misused.ts": 18,
    "modules/files/page.tsx": 2,
    "modules/files/plain.cjs": 1,
    "modules/files/plain.js": 2,
    "modules/files/plain.mjs": 1,
    "modules/files/read.ts": 1,
    "modules/files/silent.ts": 2,
    "scripts/outside.ts": 2,
  });
});

function countByFile(findings: readonly Finding[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { file } of findings) counts[file] = (counts[file] ?? 0) + 1;
  return counts;
}

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
    "modules/billing/rate-service.ts": 5,
    "modules/files/bom-crlf.ts": 1,
    "modules/files/bom.ts": 2,
    "modules/files/common.cts": 2,
    "modules/files/concurrent.ts": 2,
    "modules/files/crlf.ts": 2,
    "modules/files/esm.mts": 2,
    "modules/files/floating.ts": 6,
    "modules/files/misused-page.tsx": 3,
    "modules/files/misused-plain.js": 5,
    "modules/files/misused.ts": 18,
    "modules/files/page.tsx": 2,
    "modules/files/plain-results.js": 2,
    "modules/files/plain.cjs": 1,
    "modules/files/plain.js": 2,
    "modules/files/plain.mjs": 1,
    "modules/files/read.ts": 1,
    "modules/files/results.ts": 8,
    "modules/files/silent.ts": 2,
    "modules/files/waiting.cjs": 1,
    "modules/files/waiting.ts": 9,
    "scripts/outside.ts": 2,
  });
});

test("both versions of ESLint give the same findings for the same workspace", async () => {
  await using workspace = await Workspace.create(corpus);
  await using older = await Workspace.create(corpus, undefined, "eslint-9");
  const findings = await workspace.lintWithEslint();

  expect(findings).not.toEqual([]);
  expect(await older.lintWithEslint()).toEqual(findings);
});

function countByFile(findings: readonly Finding[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { file } of findings) counts[file] = (counts[file] ?? 0) + 1;
  return counts;
}

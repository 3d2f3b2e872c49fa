import { expect, test } from "vitest";
import { createWorkspace } from "./workspace.js";

type Workspace = Awaited<ReturnType<typeof createWorkspace>>;

async function fingerprintsIn(workspace: Workspace): Promise<string[]> {
  const { stdout } = await workspace.check(["--format", "gitlab"]);
  return JSON.parse(stdout).map((entry: { fingerprint: string }) => entry.fingerprint);
}

test("a finding keeps its fingerprint when the code around it moves", async () => {
  await using workspace = await createWorkspace({ "a.ts": "function f() { bad; }\nfunction g() { bad; }\n" });
  const before = await fingerprintsIn(workspace);
  await workspace.write({ "a.ts": "good;\n\nfunction f() {\n  bad;\n}\n\nfunction g() {\n  bad;\n}\n" });
  expect(await fingerprintsIn(workspace)).toEqual(before);
  expect(before).toEqual([expect.stringMatching(/^[0-9a-f]{32}$/), expect.stringMatching(/^[0-9a-f]{32}$/)]);
});

test("no two findings of a report have the same fingerprint", async () => {
  await using workspace = await createWorkspace({ "a.ts": "bad;\nbad;\nmeh;\n", "b.ts": "bad;\n" });
  const fingerprints = await fingerprintsIn(workspace);
  expect(fingerprints).toHaveLength(4);
  expect(new Set(fingerprints).size).toBe(4);
});

test("SARIF has the same fingerprints", async () => {
  await using workspace = await createWorkspace({ "a.ts": "bad; meh;\n" });
  const { results } = JSON.parse((await workspace.check(["--format", "sarif"])).stdout).runs[0];
  const partial = results.map((result: { partialFingerprints: Record<string, string> }) => result.partialFingerprints);
  expect(partial.map((prints: Record<string, string>) => prints["phasewise/v1"])).toEqual(
    await fingerprintsIn(workspace),
  );
});

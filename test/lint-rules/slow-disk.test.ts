import { afterEach, expect, test, vi } from "vitest";
import { Workspace } from "./workspace.js";

const files = {
  "modules/store.ts": `export interface Store {\n  load(): string;\n}\n`,
  "modules/memory.ts": `import type { Store } from "./store.js";\n\nexport class MemoryStore implements Store {\n  load() {\n    return "";\n  }\n}\n`,
  "modules/near.ts": `export const look = (): boolean => true;\n`,
  "modules/use.ts": `import { look } from "./near.js";\nimport type { Store } from "./store.js";\n\nexport async function use(store: Store) {\n  return look() && store.load();\n}\n`,
};
const use = ["modules/use.ts"];
const blocking = (body: string) => `import { existsSync, readFileSync } from "node:fs";\n\n${body}`;
const blockingNear = { "modules/near.ts": blocking(`export const look = (): boolean => existsSync("a");\n`) };
const blockingFar = {
  "modules/memory.ts": blocking(
    `import type { Store } from "./store.js";\n\nexport class MemoryStore implements Store {\n  load() {\n    return readFileSync("a", "utf8");\n  }\n}\n`,
  ),
};

const AN_HOUR = 3_600_000;

afterEach(() => void vi.restoreAllMocks());

/** A clock that moves only when it is read, by so much that a look at the disk is not quick, and when it is told to. */
function slowClock() {
  const clock = { nowMs: performance.now() + AN_HOUR, stepMs: 5 };
  vi.spyOn(performance, "now").mockImplementation(() => (clock.nowMs += clock.stepMs));
  return clock;
}

const lint = async (workspace: Workspace) => (await workspace.lintWithEslint(use)).map(({ line }) => line);

test("where looking at all files takes long, what a file imports is looked at on each lint of it", async () => {
  await using workspace = await Workspace.create(files);
  const clock = slowClock();
  expect(await lint(workspace)).toEqual([]);
  expect(await lint(workspace)).toEqual([]);

  clock.stepMs = 0;
  await workspace.write(blockingNear);
  expect(await lint(workspace)).toEqual([5]);
});

test("a change far away is noticed too, once enough time has passed", async () => {
  await using workspace = await Workspace.create(files);
  const clock = slowClock();
  expect(await lint(workspace)).toEqual([]);
  expect(await lint(workspace)).toEqual([]);

  clock.stepMs = 0;
  await workspace.write(blockingFar);
  expect(await lint(workspace)).toEqual([]);
  clock.nowMs += AN_HOUR;
  expect(await lint(workspace)).toEqual([5]);
});

test("where looking is quick, a change far away is noticed at once", async () => {
  await using workspace = await Workspace.create(files);
  const clock = slowClock();
  clock.stepMs = 0;
  expect(await lint(workspace)).toEqual([]);
  clock.nowMs += AN_HOUR;
  expect(await lint(workspace)).toEqual([]);

  await workspace.write(blockingFar);
  expect(await lint(workspace)).toEqual([5]);
});

import { expect, test } from "vitest";
import type { NotesFile } from "../../../src/generators/gate/notes.js";
import { showProgress } from "../../../src/generators/gate/progress.js";

/** A terminal that keeps what is written to it. */
function createScreen(isTTY: boolean) {
  const written: string[] = [];
  return { isTTY, written, write: (text: string) => void written.push(text) };
}

function createSignal() {
  let give = () => {};
  const given = new Promise<void>((resolve) => (give = resolve));
  return { give: () => give(), given };
}

/** Notes of a process that has begun so many files; `asked` settles when somebody has asked twice. */
function createNotes(files: number) {
  const asked = createSignal();
  let times = 0;
  const notes: Pick<NotesFile, "countFiles"> = {
    async countFiles() {
      if (++times === 2) asked.give();
      return files;
    },
  };
  return { notes: notes as NotesFile, asked: asked.given };
}

test("a terminal sees how many files the processes have begun, and nothing of it in the end", async () => {
  const screen = createScreen(true);
  const [first, second] = [createNotes(30), createNotes(12)];
  await using progress = showProgress(screen, { TERM: "xterm" });
  progress.follow(first.notes);
  progress.follow(second.notes);
  await second.asked;
  await progress[Symbol.asyncDispose]();
  expect(screen.written[0]).toMatch(/^\r\u001B\[KChecking … 42 files, \d+\.\d s$/);
  expect(screen.written.at(-1)).toBe("\r\u001B[K");
});

test.each([
  ["where no terminal is", false, { TERM: "xterm" }],
  ["under CI", true, { TERM: "xterm", CI: "true" }],
  ["where a line cannot be cleared", true, { TERM: "dumb" }],
])("%s nothing is shown", async (_, isTTY, env) => {
  const screen = createScreen(isTTY);
  await using progress = showProgress(screen, env);
  progress.follow(createNotes(1).notes);
  await progress[Symbol.asyncDispose]();
  expect(screen.written).toEqual([]);
});

import { expect, test } from "vitest";
import { wantsTimes, writeNote } from "../../src/lint-rules/gate-notes.js";
import { measured } from "../../src/lint-rules/measured.js";
import { noteReports } from "../../src/lint-rules/note-reports.js";

// What the notes hold is tested with the gate, which asks for them: test/generators/gate/steps.test.ts.
test("without a gate that asks for them, notes and times are off and rules run as they are written", () => {
  const create = () => ({});
  expect({ wantsTimes, writeNote }).toEqual({ wantsTimes: false, writeNote: undefined });
  expect(noteReports("no-sync-io", create)).toBe(create);
  expect(measured("no-sync-io", create)).toBe(create);
});

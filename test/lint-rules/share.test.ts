import { expect, test } from "vitest";
import { corpus } from "./corpus.js";
import { type Finding, Workspace } from "./workspace.js";

const PARTS = 3;
const toText = ({ rule, file, line, column }: Finding) => `${rule} at ${file}:${line}:${column}`;

test("processes that share a workspace find together what one finds alone, each in folders of its own", async () => {
  await using workspace = await Workspace.create(corpus);
  const whole = await workspace.lintWithOxlint();
  const shares: Finding[][] = [];
  for (let part = 0; part < PARTS; part++)
    shares.push(await workspace.lintWithOxlint({ env: { PHASEWISE_SHARE: `${part}/${PARTS}` } }));

  expect(shares.flat().map(toText).sort()).toEqual(whole.map(toText).sort());
  const folders = shares.flatMap((share) => [...new Set(share.map(({ file }) => file.replace(/[^/]*$/, "")))]);
  expect(new Set(folders).size).toBe(folders.length);
});

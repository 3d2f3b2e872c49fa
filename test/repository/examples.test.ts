import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { listFiles, readText, root } from "./repository.js";

/** The command of an example, and what it prints. */
const section = /^```sh\nnpm run example -- (.+)\n```\n\n```text\n([^]*?)^```$/gm;

const examples = [...(await readText("examples/README.md")).matchAll(section)].map(([, name = "", output]) => ({
  name,
  output,
}));

test("the page of the examples names all of them", async () => {
  const files = (await listFiles("examples")).flatMap((file) => /^examples\/([^/]+)\.ts$/.exec(file)?.[1] ?? []);
  expect([...examples.map(({ name }) => name), "local-site"].sort()).toEqual(files.sort());
});

test.each(examples)("$name prints what the page says", async ({ name, output }) => {
  const { stdout } = await promisify(execFile)(process.execPath, ["scripts/example.mjs", name], { cwd: root });
  expect(stdout).toBe(output);
});

test("an unknown example is refused with the names of the others", async () => {
  const running = promisify(execFile)(process.execPath, ["scripts/example.mjs", "nope"], { cwd: root });
  await expect(running).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining("batch-pipeline") as string });
});

import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { exampleProgram, readExamples } from "../repository/documentation/examples.js";

const names = [
  "results",
  "tasks",
  "transactions",
  "platform-database",
  "platform-settings",
  "task-runner",
  "resilience",
  "resources",
  "http",
  "streams",
  "events",
  "settings",
  "services",
  "modules",
  "lifecycle",
  "application",
  "boot-report",
  "testing",
  "platform",
  "platform-cache",
  "platform-pub-sub",
  "coming-from",
  "platform-config",
  "platform-feature-flags",
  "platform-object-storage",
  "platform-secrets",
  "platform-tracer",
];
const pages = names.map((name) => `docs/${name}.md`);
const sources = "src/runtime";

describe.each(pages)("%s", (page) => {
  it("has examples that name their files, compile, and print and assert what the page says", async () => {
    const examples = await readExamples(page);
    expect(examples.map(({ text }) => text.split("\n")[0])).toEqual(examples.map(({ file }) => `// ${file}`));

    await using program = await exampleProgram(examples);
    expect(await program.compile()).toBe("");
    for (const { file, output } of examples) {
      if (output !== undefined) expect(await program.run(file)).toBe(output);
      if (file.endsWith(".test.ts")) expect(await program.runTests()).toBe("");
    }
  });
});

describe("the doc comments of the runtime", () => {
  it("have examples that compile", async () => {
    const entries = await readdir(sources, { recursive: true });
    const files = entries.filter((name) => name.endsWith(".ts") && !/^(dist|node_modules)\b/.test(name));
    const found = await Promise.all(files.map((name) => readExamples(join(sources, name))));
    const examples = found.flat().map((example, index) => ({ ...example, file: `example-${index}.ts` }));
    expect(examples.length).toBeGreaterThan(5);

    await using program = await exampleProgram(examples);
    expect(await program.compile()).toBe("");
  });
});

import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { catalog } from "../../src/generators/catalog.js";
import { runProgram } from "./program.js";
import { runSteps, sampleGround } from "./sample-ground.js";
import { temporaryFolder } from "./temporary-folder.js";

// These make an application, or begin with an application of their own.
const others = ["app", "module", "service", "plugin-rule"];
const kinds = catalog.map(({ name }) => name).filter((name) => !others.includes(name));

const readPage = (kind: string) => readFile(new URL(`../../docs/create-${kind}.md`, import.meta.url), "utf8");
const blocksOf = (page: string, language: string) =>
  [...page.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\`$`, "gms"))].map(([, text = ""]) => text.trimEnd());

describe.each(kinds)("the page of create %s", (kind) => {
  it("shows a command that does what the page says, and the lines that it changes", async () => {
    const page = await readPage(kind);
    const [, command = ""] = blocksOf(page, "sh");
    const { files, steps } = sampleGround[kind]!;
    await using folder = await temporaryFolder(files);
    await runSteps(folder.path, steps);

    const args = [...command.replace(/^npx phasewise /, "").matchAll(/"([^"]*)"|\S+/g)].map(
      ([word, quoted]) => quoted ?? word,
    );
    const { stdout } = await runProgram("phasewise", [...args, "--dry-run", "--json"], { cwd: folder.path });
    const { created, edited, diff } = JSON.parse(stdout) as { created: string[]; edited: string[]; diff: string };
    const unnamed = created.filter((file) => !file.includes(".test.") && !page.includes(`\`${file}\``));
    expect({ unnamed, isAnything: created.length > 0 }).toEqual({ unnamed: [], isAnything: true });
    for (const lines of blocksOf(page, "diff")) {
      expect(edited.filter((file) => page.includes(`\`${file}\``))).not.toEqual([]);
      expect(diff.split("\n")).toEqual(expect.arrayContaining(lines.split("\n").filter((line) => /^[+-]/.test(line))));
    }
  });

  it("names every flag", async () => {
    const page = await readPage(kind);
    const { stdout } = await runProgram("phasewise", ["create", kind, "--help"], { cwd: "/" });
    const common = /--(?:help|version|cwd|dry-run|json|no-input|check-types|on-conflict|plan|yes|answers|list)\b/;
    const flags = [...stdout.matchAll(/^ +(--[a-z-]+) .*\[string\]|^ +(--[a-z-]+) .*\[array\]/gm)].map(
      ([, one, other]) => one ?? other ?? "",
    );
    const own = flags.filter((flag) => !common.test(flag));
    expect(own.length > 0).toBe(kind !== "generator");
    expect(own.filter((flag) => !page.includes(`\`${flag} <`))).toEqual([]);
  });
});

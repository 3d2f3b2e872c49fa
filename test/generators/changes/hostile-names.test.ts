import { mkdir, readdir, symlink } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import module from "../../../src/generators/catalog/module.js";
import { applyPlan } from "../../../src/generators/changes/apply.js";
import { createTextFile } from "../../../src/generators/changes/change.js";
import { findPathProblem } from "../../../src/generators/changes/path-rules.js";
import { resolvePlan } from "../../../src/generators/changes/plan.js";
import { generate } from "../../../src/generators/generate.js";
import { temporaryFolder } from "../temporary-folder.js";

const long = "a".repeat(241);
const device = fc.constantFrom("con", "PRN", "aux.ts", "Nul.tar.gz", "com1", "LPT9.txt", "com¹", "CONIN$", "nul ");
const disguised = fc.constantFrom(
  "аdmin",
  "сору",
  "ｍodules",
  "modules\u202Ets",
  "a\u200Bb",
  "⁄",
  "．．",
  "e\u0301",
  "ﬁle",
  "ß\u2060",
);
const escaping = fc.constantFrom(
  "..",
  ".",
  "",
  "...",
  ". .",
  "..\\..",
  "/etc",
  "C:",
  "\\\\server",
  "a\0b",
  "~",
  "%2e%2e",
  "link",
);
const ending = fc.constantFrom("a.", "a ", " a", "a. .", "\ta", "a\n");
const word = fc.constantFrom(
  "class",
  "__proto__",
  "constructor",
  "node_modules",
  ".git",
  "GIT~1",
  "A",
  "modules",
  "Modules",
  long,
);
const harmless = fc.constantFrom("orders", "billing", "a.ts", "b.ts");
const hostileName = fc.oneof(
  harmless,
  device,
  disguised,
  escaping,
  ending,
  word,
  fc.string({ unit: "binary", maxLength: 6 }),
);
const hostilePath = fc.array(hostileName, { minLength: 1, maxLength: 3 }).map((names) => names.join("/"));

/** A workspace with a link out of it, and what surrounds it, which nothing may be written to. */
async function guardedWorkspace() {
  const around = await temporaryFolder({ "victim.txt": "precious", "outside/victim.txt": "precious" });
  const root = join(around.path, "a/b/workspace");
  await mkdir(root, { recursive: true });
  await symlink(join(around.path, "outside"), join(root, "link"));
  return {
    root,
    /** What is outside of the workspace. */
    async outside() {
      const files = await around.files();
      return Object.fromEntries(Object.entries(files).filter(([path]) => !path.startsWith("a/b/workspace/")));
    },
    [Symbol.asyncDispose]: () => around[Symbol.asyncDispose](),
  };
}

const untouched = { "victim.txt": "precious", "outside/victim.txt": "precious" };

describe("the path of a new file", () => {
  it.each([
    ["modules/con.ts", `"con.ts" is the name of a device on Windows`],
    ["COM1/a.ts", `"COM1" is the name of a device on Windows`],
    ["nul .txt", `"nul .txt" is the name of a device on Windows`],
    ["modules./a.ts", `"modules." begins with a space, or ends with a space or a dot`],
    ["a.ts ", `"a.ts " begins with a space, or ends with a space or a dot`],
    [`${long}.ts`, "a name in it is 244 bytes long, and 240 is the limit"],
    [`${"a/".repeat(600)}b`, "it is 1201 bytes long, and 1024 is the limit"],
    ["a?.ts", `"a?.ts" has the character U+003F, which is not allowed in names`],
    ["a\u202Ets.exe", `"a\\u{202e}ts.exe" has the character U+202E, which is not allowed in names`],
    ["mo\u0501ules/a.ts", `"mo\\u{501}ules" mixes letters of several scripts, which may look alike`],
    [
      "\u0441\u043E\u0440\u0443",
      `"\\u{441}\\u{43e}\\u{440}\\u{443}" has letters that look like Latin ones, and are none`,
    ],
    ["ｍodules", `"\\u{ff4d}odules" has characters that look like others, or are not composed (NFKC)`],
    ["cafe\u0301", `"cafe\\u{301}" has characters that look like others, or are not composed (NFKC)`],
    [".git/hooks/pre-commit", `".git" belongs to git`],
    ["GIT~1/config", `"GIT~1" belongs to git`],
  ])("%j is refused with the reason", (path, problem) => {
    expect(findPathProblem(path)).toBe(problem);
  });

  it.each([
    ".github/workflows/ci.yml",
    ".gitignore",
    "console.ts",
    "com.ts",
    "app/[id]/+page.ts",
    "@scope/a b (1).ts",
    "café/модули/注文.ts",
    `${"a".repeat(240)}`,
  ])("%j is allowed", (path) => {
    expect(findPathProblem(path)).toBeUndefined();
  });

  it.each([
    ["Modules/b.ts", `"modules" is there already, and differs in nothing but case`],
    ["modules/A.ts", `"modules/a.ts" is there already, and differs in nothing but case`],
  ])("%s is refused beside what differs in case alone", async (path, reason) => {
    await using folder = await temporaryFolder({ "modules/a.ts": "" });
    await expect(resolvePlan(folder.path, [createTextFile(path, "")])).rejects.toMatchObject({
      code: "UNSAFE_PATH",
      message: `Nothing was written: refused to make "${path}", because ${reason}.`,
    });
  });

  it("is refused beside another new one whose folder differs in case alone", async () => {
    await using folder = await temporaryFolder();
    const changes = [createTextFile("orders/a.ts", ""), createTextFile("Orders/b.ts", "")];
    await expect(resolvePlan(folder.path, changes)).rejects.toThrow(`it differs from "orders" in nothing but case`);
  });
});

describe("10,000 hostile names", () => {
  it("are planned inside the workspace, or refused with a reason", { timeout: 60_000 }, async () => {
    await using workspace = await guardedWorkspace();
    let refused = 0;
    const check = async (path: string): Promise<void> => {
      const outcome = await resolvePlan(workspace.root, [createTextFile(path, "")]).catch((error: unknown) => error);
      if (outcome instanceof Error) {
        refused++;
        expect(outcome).toMatchObject({ code: expect.stringMatching(/^(?:OUTSIDE_WORKSPACE|UNSAFE_PATH|CONFLICT)$/) });
        expect(outcome.message).toMatch(/outside the workspace: .|refused to make ".*", because .|exists already/su);
        return;
      }
      expect(outcome).toMatchObject({ writes: [{ target: join(workspace.root, path) }] });
    };
    await fc.assert(fc.asyncProperty(hostilePath, check), { numRuns: 10_000 });
    expect(refused).toBeGreaterThan(5_000);
    expect(await readdir(workspace.root)).toEqual(["link"]);
  });

  it(
    "write nothing outside when 500 of them are applied, and make what is asked for",
    { timeout: 60_000 },
    async () => {
      await using workspace = await guardedWorkspace();
      let made = 0;
      const check = async (path: string): Promise<void> => {
        const plan = await resolvePlan(workspace.root, [createTextFile(path, "made")]).catch(() => undefined);
        if (plan === undefined) return;
        await applyPlan(plan);
        made++;
      };
      await fc.assert(fc.asyncProperty(hostilePath, check), { numRuns: 500 });
      expect(made).toBeGreaterThan(10);
      expect(await workspace.outside()).toEqual(untouched);
    },
  );

  it("are no ids of modules, each with a reason", { timeout: 60_000 }, async () => {
    await using workspace = await guardedWorkspace();
    const hostileId = fc.array(hostileName, { minLength: 1, maxLength: 2 }).map((names) => names.join("."));
    const check = async (id: string): Promise<void> => {
      const outcome = await generate(module, { id, dependsOn: [] }, { root: workspace.root, dryRun: true }).catch(
        (error: unknown) => error,
      );
      if (outcome instanceof Error) {
        expect(outcome.message).toMatch(/ is not a module id: ./s);
        return;
      }
      expect(id).toMatch(/^[a-z0-9.-]+$/);
    };
    await fc.assert(fc.asyncProperty(hostileId, check), { numRuns: 10_000 });
    expect(await workspace.outside()).toEqual(untouched);
  });
});

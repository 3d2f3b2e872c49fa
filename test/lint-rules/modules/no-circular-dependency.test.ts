import { describe, expect, test } from "vitest";
import { type Pair, testRule, withHead } from "../rule-tester.js";
import { type Finding, Workspace } from "../workspace.js";

const circle = (path: string) => ({ messageId: "circle", data: { module: path.split(" → ")[0] ?? "", path } });
const itself = (module: string) => ({ messageId: "itself", data: { module, path: `${module} → ${module}` } });

const head = `import { defineModule } from "@phasewise/runtime";\n`;

function testFiles(pairs: readonly Pair[]): void {
  testRule("no-circular-dependency", withHead(head, pairs));
}

const define = (id: string, ...dependencies: string[]) =>
  `defineModule({ id: "${id}", version: "1.0.0", dependencies: [${dependencies.join(", ")}] });\n`;

describe("a circle in one file", () => {
  testFiles([
    {
      name: "two modules, at each",
      invalid: define("a", `«"b"»`) + define("b", `«"a"»`),
      errors: [circle("a → b → a"), circle("b → a → b")],
      valid: define("a", `"b"`) + define("b"),
    },
    {
      name: "three modules, but not the one that only depends on them",
      invalid:
        define("a", `«"b"»`) + define("b", `"d"`, `«"c"»`) + define("c", `«"a"»`) + define("d") + define("e", `"a"`),
      errors: [circle("a → b → c → a"), circle("b → c → a → b"), circle("c → a → b → c")],
      valid: define("a", `"b"`, `"c"`) + define("b", `"c"`) + define("c"),
    },
    {
      name: "the shortest of several circles, by each dependency",
      invalid: define("a", `«"b"»`, `«"c"»`) + define("b", `«"c"»`, `«"a"»`) + define("c", `«"a"»`),
      errors: [
        circle("a → b → a"),
        circle("a → c → a"),
        circle("b → c → a → b"),
        circle("b → a → b"),
        circle("c → a → c"),
      ],
      valid: define("a", `"b"`, `"c"`) + define("b", `"c"`, `"d"`) + define("c", `"d"`) + define("d"),
    },
    {
      name: "a module that names itself, but not one whose id begins like it",
      invalid: define("a", `«"a"»`),
      errors: [itself("a")],
      valid: define("a", `"a.b"`) + define("a.b"),
    },
    {
      name: "dependencies with versions and optional ones",
      invalid: `defineModule({ id: "a", version: "1.0.0", optionalDependencies: [«{ id: "b", version: "^1" }»] });\n${define("b", `«"a"»`)}`,
      errors: [circle("a → b → a"), circle("b → a → b")],
      valid: `defineModule({ id: "a", version: "1.0.0", limits: ["b"] });\n${define("b", `"a"`)}`,
    },
    {
      name: "ids and lists in constants",
      invalid: `const ids = { b: "b" } as const;\nconst a = "a";\nconst needed = [«ids.b»] as const;\ndefineModule({ id: a, version: "1", dependencies: [...needed] });\nconst dependencies = [«a»];\ndefineModule({ id: ids.b, version: "1", dependencies });\n`,
      errors: [circle("a → b → a"), circle("b → a → b")],
      valid: `declare const b: string;\nconst a = "a";\ndefineModule({ id: a, version: "1", dependencies: [b] });\nconst dependencies = [a];\ndefineModule({ id: "b", version: "1", dependencies });\n`,
    },
    {
      name: "a list that a spread does not replace",
      invalid: `const base = { id: "x", dependencies: ["c"] };\ndefineModule({ ...base, id: "a", version: "1", dependencies: [«"b"»] });\n${define("b", `«"a"»`)}`,
      errors: [circle("a → b → a"), circle("b → a → b")],
      valid: `const base = { dependencies: ["c"] };\ndefineModule({ id: "a", version: "1", dependencies: ["b"], ...base });\n${define("b", `"a"`)}`,
    },
    {
      name: "a list that contains itself, which is read once",
      invalid: `const list: string[] = [...list, «"b"»];\ndefineModule({ id: "a", version: "1", dependencies: list });\n${define("b", `«"a"»`)}`,
      errors: [circle("a → b → a"), circle("b → a → b")],
      valid: `const list: string[] = [...list, "b"];\ndefineModule({ id: "a", version: "1", dependencies: list });\n${define("b")}`,
    },
    {
      name: "modules of the runtime, but not of another function",
      invalid: `import * as runtime from "@phasewise/runtime";\nruntime.${define("a", `«"b"»`)}runtime.${define("b", `«"a"»`)}`,
      errors: [circle("a → b → a"), circle("b → a → b")],
      valid: `namespace Other { export const defineModule = (it: object) => it; }\nOther.${define("a", `"b"`)}Other.${define("b", `"a"`)}`,
    },
  ]);
});

const moduleFile = (id: string, ...dependencies: string[]) =>
  `${head}\nexport default defineModule({\n  id: "${id}",\n  version: "1.0.0",\n  dependencies: ${JSON.stringify(dependencies)},\n});\n`;

const summarize = (findings: readonly Finding[]) =>
  findings
    .filter(({ rule }) => rule === "no-circular-dependency")
    .map(({ file, line, column, message }) => `${file}:${line}:${column} ${/circle: (.*?)\./.exec(message)?.[1]}`);

describe("a circle among files", () => {
  test("is found at each of its modules, and goes when one of them changes", async () => {
    await using workspace = await Workspace.create({
      "modules/billing/module.ts": moduleFile("billing", "mail"),
      "modules/mail/module.ts": moduleFile("mail", "users"),
      "modules/users/module.ts": moduleFile("users", "core", "billing"),
      "modules/core/module.ts": moduleFile("core"),
    });
    expect(summarize(await workspace.lintWithEslint())).toEqual([
      "modules/billing/module.ts:6:18 billing → mail → users → billing",
      "modules/mail/module.ts:6:18 mail → users → billing → mail",
      "modules/users/module.ts:6:25 users → billing → mail → users",
    ]);

    await workspace.write({ "modules/users/module.ts": moduleFile("users", "core") });
    expect(summarize(await workspace.lintWithEslint(["modules/billing/module.ts"]))).toEqual([]);

    await workspace.lintUnsaved("modules/mail/module.ts", moduleFile("mail", "billing"));
    expect(summarize(await workspace.lintWithEslint(["modules/billing/module.ts"]))).toEqual([
      "modules/billing/module.ts:6:18 billing → mail → billing",
    ]);
  });

  test("is the same under both hosts, in TypeScript and JavaScript, by whatever export", async () => {
    await using workspace = await Workspace.create({
      "modules/billing/module.mts": moduleFile("billing", "mail"),
      "modules/mail/module.js": `import { defineModule } from "@phasewise/runtime";\n\nconst mail = defineModule({ id: "mail", version: "1.0.0", dependencies: ["users"] });\nexport { mail as default };\n`,
      "modules/users.ts": `import { defineModule } from "@phasewise/runtime";\n\nexport const users = defineModule({ id: "users", version: "1.0.0", dependencies: ["ledger"] });\n`,
      "modules/ledger/module.cts": `import { defineModule } from "@phasewise/runtime";\n\nexport = defineModule({ id: "ledger", version: "1.0.0", dependencies: ["billing"] });\n`,
    });
    const expected = [
      "modules/billing/module.mts:6:18 billing → mail → users → ledger → billing",
      "modules/ledger/module.cts:3:72 ledger → billing → mail → users → ledger",
      "modules/mail/module.js:3:74 mail → users → ledger → billing → mail",
      "modules/users.ts:3:83 users → ledger → billing → mail → users",
    ];
    expect(summarize(await workspace.lintWithEslint())).toEqual(expected);
    expect(summarize(await workspace.lintWithOxlint())).toEqual(expected);
  });

  test("is not made of modules of different applications, nor of those that a test makes for itself", async () => {
    const local = (id: string, dependency: string) =>
      `${head}\nconst module = defineModule({ id: "${id}", version: "1.0.0", dependencies: ["${dependency}"] });\nvoid module;\n`;
    await using workspace = await Workspace.create({
      "modules/one/billing/module.ts": moduleFile("billing", "mail"),
      "modules/one/mail/module.ts": moduleFile("mail"),
      "modules/two/billing/module.ts": moduleFile("billing"),
      "modules/two/mail/module.ts": moduleFile("mail", "billing"),
      "modules/test/a.test.ts": local("a", "b"),
      "modules/test/b.test.ts": local("b", "a"),
      "modules/test/billing.test.ts": local("mail", "billing"),
      "modules/shop/module.ts": moduleFile("shop", "billing"),
    });
    expect(summarize(await workspace.lintWithEslint())).toEqual([]);

    await workspace.write({ "modules/two/billing/module.ts": moduleFile("billing", "mail") });
    expect(summarize(await workspace.lintWithEslint())).toEqual([
      "modules/two/billing/module.ts:6:18 billing → mail → billing",
      "modules/two/mail/module.ts:6:18 mail → billing → mail",
    ]);
  });
});

import plugin from "@phasewise/eslint-plugin";
import type { Linter } from "eslint";
import { describe, expect, test } from "vitest";
import { type Files, type Finding, Workspace } from "./workspace.js";

const recommended = plugin.configs.recommended as Linter.Config[];
const neverthrow = { from: "package", package: "neverthrow", name: ["Result", "Ok", "Err", "ResultAsync"] };
const phasewise = { resultTypes: [neverthrow], serviceBases: [{ from: "file", name: "ApplicationService" }] };

const declarations = `declare module "neverthrow" {
  export class Ok<T, E> { value: T; other: E; }
  export class Err<T, E> { error: E; other: T; }
  export type Result<T, E> = Ok<T, E> | Err<T, E>;
  export class ResultAsync<T, E> implements PromiseLike<Result<T, E>> {
    then<A, B>(done: (value: Result<T, E>) => A, failed: (reason: unknown) => B): PromiseLike<A | B>;
  }
}
`;

const results = `import type { Err, Ok, Result, ResultAsync } from "neverthrow";
declare function find(): Result<number, string>;
declare function choose(): Ok<number, string> | Err<number, string>;
declare function load(): Promise<Result<number, string>>;
declare const store: { load(): ResultAsync<number, string> } | undefined;
find();
choose();
await load();
store?.load();
await store?.load();
void (await load());
export {};
`;

const service = `import type { Result, ResultAsync } from "neverthrow";
abstract class ApplicationService {}
export abstract class Users extends ApplicationService {
  abstract find(): Promise<Result<number, string>>;
  abstract load(): ResultAsync<number, string>;
  async count() {
    return 1;
  }
  async remove(): Promise<Result<number, string>> {
    throw new Error();
  }
  rename() {
    return this.find();
  }
  reload() {
    return this.load();
  }
}
`;

const summarize = (findings: readonly Finding[]) =>
  findings.map(({ rule, file, line }) => `${rule} ${file.replace("modules/", "")}:${line}`);

const foundInResults = [6, 7, 8, 9, 10].map((line) => `no-unhandled-result results.ts:${line}`);
const foundInService = [
  "require-result-return service.ts:6",
  "no-throw-in-service service.ts:10",
  "require-async-service-method service.ts:12",
];

const files: Files = {
  "modules/neverthrow.d.ts": declarations,
  "modules/results.ts": results,
  "modules/service.ts": service,
};

test("types and base classes of other vocabularies count by the settings, the same in both hosts", async () => {
  await using workspace = await Workspace.create(files, [...recommended, { settings: { phasewise } }]);
  const fromEslint = await workspace.lintWithEslint();
  expect(summarize(fromEslint)).toEqual([...foundInResults, ...foundInService]);
  expect(await workspace.lintWithOxlint({ settings: { phasewise } })).toEqual(fromEslint);
});

test("without settings they count for nothing", async () => {
  await using workspace = await Workspace.create(files);
  expect(summarize(await workspace.lintWithEslint())).toEqual([]);
  expect(await workspace.lintWithOxlint()).toEqual([]);
});

test("a name alone will do", async () => {
  const named = { resultTypes: ["Ok"], serviceBases: ["ApplicationService"] };
  await using workspace = await Workspace.create(files, [...recommended, { settings: { phasewise: named } }]);
  expect(summarize(await workspace.lintWithEslint(["modules/results.ts"]))).toEqual([
    "no-unhandled-result results.ts:6",
    "no-unhandled-result results.ts:7",
    "no-unhandled-result results.ts:8",
    "no-unhandled-result results.ts:10",
  ]);
  expect(summarize(await workspace.lintWithEslint(["modules/service.ts"]))).toContain(foundInService[1]);
});

test("the name of a union counts where TypeScript keeps it", async () => {
  const named = { resultTypes: ["Result"] };
  await using workspace = await Workspace.create(files, [...recommended, { settings: { phasewise: named } }]);
  expect(summarize(await workspace.lintWithEslint(["modules/results.ts"]))).toEqual([
    "no-unhandled-result results.ts:6",
    "no-unhandled-result results.ts:8",
  ]);
});

test("the runtime's own Results and services count beside them", async () => {
  const own = `import { Result, Service } from "@phasewise/runtime";
declare function find(): Result<number>;
find();
export class Users extends Service {
  async count() {
    return find() && 1;
  }
}
`;
  await using workspace = await Workspace.create({ "modules/own.ts": own }, [
    ...recommended,
    { settings: { phasewise } },
  ]);
  expect(summarize(await workspace.lintWithEslint())).toEqual([
    "no-unhandled-result own.ts:3",
    "require-result-return own.ts:5",
  ]);
});

test("files with other settings do not share answers, in whatever order they are linted", async () => {
  const config: Linter.Config[] = [
    ...recommended,
    { files: ["modules/b.ts"], settings: { phasewise } },
    { files: ["modules/c.ts"], settings: { phasewise: { resultTypes: ["Other"] } } },
  ];
  const copies = { ...files, "modules/a.ts": results, "modules/b.ts": results, "modules/c.ts": results };
  const inB = foundInResults.map((finding) => finding.replace("results.ts", "b.ts"));
  await using workspace = await Workspace.create(copies, config);
  for (const order of ["abc", "bca", "cba"]) {
    const linted = [];
    for (const name of order) linted.push(...(await workspace.lintWithEslint([`modules/${name}.ts`])));
    expect(summarize(linted)).toEqual(inB);
  }
});

test("services in other files are looked at with the settings of the file that asks", async () => {
  const caller = `import { Users } from "./service.js";\nexport class Admins extends Users {\n  async find() {\n    return 1 as never;\n  }\n  async size() {\n    return 1;\n  }\n}\n`;
  await using workspace = await Workspace.create({ ...files, "modules/caller.ts": caller }, [
    ...recommended,
    { files: ["modules/caller.ts"], settings: { phasewise } },
  ]);
  expect(summarize(await workspace.lintWithEslint())).toEqual(["require-result-return caller.ts:6"]);
});

describe("settings that the rules cannot use are told by name", () => {
  const example = '{ from: "package", package: "neverthrow", name: "Result" }';
  const from = `has to be a name, or an object with \`from\` "file", "lib" or "package": ${example}.`;
  test.for<[unknown, string]>([
    ["neverthrow", "`settings.phasewise` has to be an object with `resultTypes` and `serviceBases`."],
    [null, "`settings.phasewise` has to be an object with `resultTypes` and `serviceBases`."],
    [[], "`settings.phasewise` has to be an object with `resultTypes` and `serviceBases`."],
    [{ resultType: [] }, "`settings.phasewise` has no `resultType`. It takes `resultTypes` and `serviceBases`."],
    [{ resultTypes: "Result" }, `\`settings.phasewise.resultTypes\` has to be a list of types, such as [${example}].`],
    [{ serviceBases: {} }, `\`settings.phasewise.serviceBases\` has to be a list of types, such as [${example}].`],
    [{ resultTypes: [""] }, `\`settings.phasewise.resultTypes[0]\` ${from}`],
    [{ resultTypes: ["A", 1] }, `\`settings.phasewise.resultTypes[1]\` ${from}`],
    [{ serviceBases: [{ from: "npm", name: "A" }] }, `\`settings.phasewise.serviceBases[0]\` ${from}`],
    [
      { resultTypes: [{ from: "lib", name: "A", package: "a" }] },
      "`settings.phasewise.resultTypes[0]` has no `package`. It takes `from` and `name`.",
    ],
    [
      { resultTypes: [{ from: "file", name: [] }] },
      `\`settings.phasewise.resultTypes[0].name\` has to be a name or a list of names, as in ${example}.`,
    ],
    [
      { resultTypes: [{ from: "file" }] },
      `\`settings.phasewise.resultTypes[0].name\` has to be a name or a list of names, as in ${example}.`,
    ],
    [
      { resultTypes: [{ from: "file", name: ["A", 1] }] },
      `\`settings.phasewise.resultTypes[0].name\` has to be a name or a list of names, as in ${example}.`,
    ],
    [
      { resultTypes: [{ from: "package", name: "A" }] },
      `\`settings.phasewise.resultTypes[0].package\` has to be the name of the package, as in ${example}.`,
    ],
    [
      { resultTypes: [{ from: "file", name: "A", path: 1 }] },
      '`settings.phasewise.resultTypes[0].path` has to be the end of a file\'s path, such as "src/result.ts".',
    ],
  ])("%j", async ([value, message]) => {
    const settings = { phasewise: value };
    await using workspace = await Workspace.create({ "modules/a.ts": "export {};\n" }, [...recommended, { settings }]);
    await expect(workspace.lintWithEslint()).rejects.toThrow(message);
  });

  test("by oxlint too", async () => {
    await using workspace = await Workspace.create({ "modules/a.ts": "export {};\n" });
    await expect(workspace.lintWithOxlint({ settings: { phasewise: { resultType: [] } } })).rejects.toThrow(
      "`settings.phasewise` has no `resultType`. It takes `resultTypes` and `serviceBases`.",
    );
  });
});

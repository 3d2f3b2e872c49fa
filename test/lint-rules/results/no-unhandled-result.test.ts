import { describe, expect, test } from "vitest";
import { type Pair, testRule, withHead } from "../rule-tester.js";
import { Workspace } from "../workspace.js";

const dropped = (expression: string) => ({
  messageId: "dropped",
  data: { expression, mark: expression.startsWith("await") ? `void (${expression})` : `void ${expression}` },
});
const droppedList = (expression: string) => ({ messageId: "droppedList", data: { expression } });
const droppedPromise = (expression: string) => ({ messageId: "droppedPromise", data: { expression } });
const droppedByCall = (call: string, expression: string) => ({
  messageId: "droppedByCall",
  data: { call, expression },
});
const unchecked = (expression: string) => ({ messageId: "unchecked", data: { expression } });

const head = `
import { type Failure, Result, type Success } from "@phasewise/runtime";
declare function find(id?: number): Result<string, "NOT_FOUND">;
declare function save(id?: number): Promise<Result<string, "FULL">>;
declare function reset(): Promise<Success<undefined>>;
declare function print(value: unknown): void;
declare const ids: number[];
declare const isReady: boolean;
`;

function testFiles(pairs: readonly Pair[]): void {
  testRule("no-unhandled-result", withHead(head, pairs));
}

describe("a statement", () => {
  testFiles([
    {
      name: "a Result that nobody looks at",
      invalid: "«find()»;",
      errors: [dropped("find()")],
      valid: "export const found = find();",
    },
    {
      name: "an awaited one",
      invalid: "«await save()»;",
      errors: [dropped("await save()")],
      valid: "const saved = await save(); if (!saved.success) print(saved.error);",
    },
    {
      name: "what may be a Failure, beside what is always a Success",
      invalid: "«await save()»; await reset();",
      errors: [dropped("await save()")],
      valid: "await reset();",
    },
    {
      name: "what is always a Failure, by the runtime's type of that name",
      invalid: "declare function fail(): Failure<string>; «fail()»;",
      errors: [dropped("fail()")],
      valid: "{ interface Failure { code: 1 } const fail = () => ({ code: 1 }) as Failure; fail(); }",
    },
    {
      name: "a Result that may be missing",
      invalid: "declare const store: { save(): Promise<Result<number>> } | undefined; «await store?.save()»;",
      errors: [dropped("await store?.save()")],
      valid: "declare const store: { save(): Promise<number> } | undefined; await store?.save();",
    },
    {
      name: "a call behind `?.`, a cast or `!`",
      invalid:
        "declare const store: { read(): Result<number> } | undefined; «store?.read()»; «find()» as unknown; «find()»!;",
      errors: [dropped("store?.read()"), dropped("find()"), dropped("find()")],
      valid: "declare const store: { read(): number } | undefined; store?.read(); print(find() as unknown);",
    },
    {
      name: "a Result by a tagged template",
      invalid: "declare const sql: (text: TemplateStringsArray) => Result<number>; «sql`a`»;",
      errors: [dropped("sql`a`")],
      valid: "declare const sql: (text: TemplateStringsArray) => number; sql`a`;",
    },
    {
      name: "a type parameter that stands for a Result",
      invalid: "export function run<R extends Result<number>>(work: () => R) { «work()»; }",
      errors: [dropped("work()")],
      valid: "export function run<R>(work: () => R) { work(); }",
    },
    {
      name: "a promise that is made there, and not one that somebody holds",
      invalid: "«await save().finally(() => print(1))»; «await (isReady ? save(1) : save(2))»;",
      errors: [dropped("await save().finally(() => print(1))"), dropped("await (isReady ? save(1) : save(2))")],
      valid:
        "const saving = { one: save() }; await saving.one; await saving.one.finally(() => print(1)); print(saving);",
    },
    {
      name: "either side of a choice",
      invalid: "isReady ? «await save()» : «find()»;",
      errors: [dropped("await save()"), dropped("find()")],
      valid: "export const found = isReady ? await save() : find();",
    },
    {
      name: "the right side of `&&` and `||`, whose left side is a condition",
      invalid: "isReady && «find()»; isReady || «find(1)»;",
      errors: [dropped("find()"), dropped("find(1)")],
      valid: "find() && print(1); find() || print(1);",
    },
    {
      name: "both sides of `??`",
      invalid: "declare const cache: { get(): Result<number> | undefined }; «cache.get()» ?? «find()»;",
      errors: [dropped("cache.get()"), dropped("find()")],
      valid: "declare const cache: { get(): number | undefined }; cache.get() ?? print(1);",
    },
    {
      name: "each part of a sequence",
      invalid: "(«find()», «await save()»);",
      errors: [dropped("find()"), dropped("await save()")],
      valid: "(print(1), print(2));",
    },
    {
      name: "all but the last part of a sequence that is used",
      invalid: "export const found = («find(1)», find(2));",
      errors: [dropped("find(1)")],
      valid: "export const found = (print(1), find(2));",
    },
    {
      name: "a long call by its beginning",
      invalid: "«await save(1000000 + 2000000 + 3000000 + 4000000 + 5000000 + 6000000)»;",
      errors: [dropped("await save(1000000 + 2000000 + 3000000 + 4000000 + 500000…")],
      valid: "export const saved = await save(1000000 + 2000000);",
    },
  ]);
});

describe("a list of Results", () => {
  testFiles([
    {
      name: "awaited ones",
      invalid: "«await Promise.all(ids.map((id) => save(id)))»;",
      errors: [droppedList("await Promise.all(ids.map((id) => save(id)))")],
      valid: "const saved = await Result.all(ids.map((id) => save(id))); if (!saved.success) print(saved.error);",
    },
    {
      name: "a tuple with one",
      invalid: "«await Promise.all([save(), reset()])»;",
      errors: [droppedList("await Promise.all([save(), reset()])")],
      valid: "await Promise.all([reset(), reset()]);",
    },
    {
      name: "the combined one",
      invalid: "«await Result.all([save()])»;",
      errors: [dropped("await Result.all([save()])")],
      valid: "export const saved = await Result.all([save()]);",
    },
  ]);
});

describe("`void`", () => {
  testFiles([
    {
      name: "a promise of a Result, and not a Result, which it drops on purpose",
      invalid: "void «save()»;",
      errors: [droppedPromise("save()")],
      valid: "void (await save()); void find(); void reset();",
    },
    {
      name: "a promise that is made there, and not one that somebody holds",
      invalid: "void «save(3)»;",
      errors: [droppedPromise("save(3)")],
      valid: "const saving = save(); void saving; saving.catch(print); await saving; print(await saving);",
    },
    {
      name: "a promise as the body of a function",
      invalid: "export const run = () => void «save()»;",
      errors: [droppedPromise("save()")],
      valid: "export const run = () => void find();",
    },
    {
      name: "either side of a choice",
      invalid: "void (isReady ? «save(1)» : «save(2)»);",
      errors: [droppedPromise("save(1)"), droppedPromise("save(2)")],
      valid: "void (isReady ? find(1) : reset());",
    },
    {
      name: "one, and no other operator",
      invalid: "export const run = () => void «save(1)»;",
      errors: [droppedPromise("save(1)")],
      valid: "export const run = () => !find(); !save();",
    },
  ]);
});

describe("a promise that is not awaited", () => {
  testFiles([
    {
      name: "one whose rejection alone is handled",
      invalid: "«save().catch(print)»; «save().then((saved) => saved, () => find())»;",
      errors: [droppedPromise("save().catch(print)"), droppedPromise("save().then((saved) => saved, () => find())")],
      valid: "save().then((saved) => print(saved), print); reset().catch(print);",
    },
    {
      name: "one, and not the one that another rule reports as floating",
      invalid: "«save(1).catch(print)»;",
      errors: [droppedPromise("save(1).catch(print)")],
      valid: "save(); save().finally(() => print(1)); save().then((saved) => saved); save().catch();",
    },
  ]);
});

describe("a callback", () => {
  testFiles([
    {
      name: "one whose Result `forEach` drops",
      invalid: "ids.forEach((id) => «find(id)»);",
      errors: [droppedByCall("ids.forEach", "find(id)")],
      valid: "export const found = ids.map((id) => find(id));",
    },
    {
      name: "a second argument",
      invalid: "declare function each(ids: number[], run: (id: number) => void): void; each(ids, (id) => «find(id)»);",
      errors: [droppedByCall("each", "find(id)")],
      valid: "declare function each(ids: number[], run: (id: number) => unknown): void; each(ids, (id) => find(id));",
    },
    {
      name: "a Result, and not a promise, which another rule reports",
      invalid: "ids.forEach((id) => «find(id + 1)»);",
      errors: [droppedByCall("ids.forEach", "find(id + 1)")],
      valid: "ids.forEach((id) => save(id)); ids.forEach(async (id) => find(id)); ids.forEach((id) => print(id));",
    },
    {
      name: "the Result, and not the function that is called where it stands",
      invalid: "«(() => find())()»;",
      errors: [dropped("(() => find())()")],
      valid: "export const found = (() => find())();",
    },
  ]);
});

describe("`data` that is read", () => {
  testFiles([
    {
      name: "behind a cast to a Success",
      invalid: "print((«await save()» as Success<string>).data);",
      errors: [unchecked("await save()")],
      valid: "const saved = await save(); if (saved.success) print((saved as Success<string>).data);",
    },
    {
      name: "behind a cast to `any`, by any spelling",
      invalid: "print((«find()» as any)!.data); print((<any>«find(1)»)['data']);",
      errors: [unchecked("find()"), unchecked("find(1)")],
      valid: "print((find() as any).success); print((ids as any).data);",
    },
    {
      name: "of a variable that a cast began",
      invalid: "const saved = «await save()» as Success<string>; print(saved.data);",
      errors: [unchecked("await save()")],
      valid: "const saved = (await save()) as any; if (saved.success) print(saved.data);",
    },
    {
      name: "of a variable of type `any`",
      invalid: "const found: any = «find()»; print(found.data);",
      errors: [unchecked("find()")],
      valid: "const found: any = find(); if (!found.error) print(found.data);",
    },
    {
      name: "of a variable, unless somebody is given the whole of it, or puts something else there",
      invalid: "const found: any = «find(1)»; print(found.data);",
      errors: [unchecked("find(1)")],
      valid: "const found: any = find(); print(found); print(found.data); let other: any = find(); print(other.data);",
    },
    {
      name: "of a variable that is surely a Result",
      invalid: "const found: any = «find(2)»; print(found.data);",
      errors: [unchecked("find(2)")],
      valid: "declare const found: any; print(found.data); const made: any = JSON.parse(``); print(made.data);",
    },
    {
      name: "by a pattern",
      invalid: "const { data } = «find()» as any; print(data);",
      errors: [unchecked("find()")],
      valid:
        "const { success, data } = find() as any; const { error } = find() as any; const { message } = find() as any; print([success, data, error, message]);",
    },
    {
      name: "of a Result, and not of something else",
      invalid: "print((«find()» as Success<string>).data);",
      errors: [unchecked("find()")],
      valid: "declare const answer: { data: number } | { error: string }; print((answer as { data: number }).data);",
    },
    {
      name: "where TypeScript does not see it",
      invalid: "print((«find(1)» as Success<string>).data);",
      errors: [unchecked("find(1)")],
      valid:
        "const found = find(); const { data } = found.success ? found : { data: 1 }; const other = find(2); print([data, other.data]);",
    },
  ]);
});

describe("JavaScript", () => {
  const imports = `import { find } from "./results.js";\n`;
  testRule(
    "no-unhandled-result",
    [
      {
        name: "`data` without a check",
        invalid: "console.log(«find()».data);",
        errors: [unchecked("find()")],
        valid: "const found = find(); if (found.success) console.log(found.data);",
      },
      {
        name: "a pattern without a check",
        invalid: "const { data } = «find()»; console.log(data);",
        errors: [unchecked("find()")],
        valid: "const { data, success } = find(); console.log(success && data);",
      },
    ].map((pair) => ({
      ...pair,
      invalid: imports + pair.invalid,
      valid: imports + pair.valid,
      file: "modules/billing/linted.js",
    })),
  );
});

describe("a file of tests", () => {
  const code = `${head}await save(); print((find() as Success<string>).data);`;

  test.for(["a.test.ts", "a.spec.ts", "a.bench.ts"])("may drop Results: %s", async (name) => {
    await using workspace = await Workspace.create({ [`modules/${name}`]: code, "modules/other.ts": code });
    const findings = await workspace.lintWithEslint();
    expect(findings.filter(({ rule }) => rule === "no-unhandled-result").map(({ file }) => file)).toEqual([
      "modules/other.ts",
      "modules/other.ts",
    ]);
  });
});

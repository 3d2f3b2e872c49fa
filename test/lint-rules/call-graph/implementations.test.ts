import { describe, expect, test, vi } from "vitest";
import { testRule, withHead } from "../rule-tester.js";
import { type Finding, Workspace } from "../workspace.js";

const reaches = (path: string) => ({
  messageId: "reaches",
  data: { path: `${path} → readJson → fs.readFileSync`, advice: "`readFile` from `node:fs/promises`" },
});

const head = `import { readJson } from "../../files/read.js";\n`;
const store = "interface Store {\n  load(): unknown;\n}\n";
const runStore = "export async function run(store: Store) {\n  «store.load()»;\n}";
const unmarked = (code: string) => code.replaceAll(/[«»]/g, "");
const fileStore = `export class FileStore implements Store {\n  load() {\n    return readJson("a");\n  }\n}\n`;
const memoryStore = "export class MemoryStore implements Store {\n  load() {\n    return 1;\n  }\n}\n";

describe("a call by an interface", () => {
  testRule(
    "no-sync-io",
    withHead(head, [
      {
        name: "the implementation that blocks, by its name, beside one that does not",
        invalid: store + memoryStore + fileStore + runStore,
        errors: [reaches("FileStore.load")],
        valid: store + memoryStore + unmarked(runStore),
      },
      {
        name: "an implementation of an interface that extends the one at hand",
        invalid: `${store}interface Shop extends Store {}\nexport class FileShop implements Shop {\n  load() {\n    return readJson("a");\n  }\n}\n${runStore}`,
        errors: [reaches("FileShop.load")],
        valid: `${store}interface Shop {}\nexport class FileShop implements Shop {\n  load() {\n    return readJson("a");\n  }\n}\n${unmarked(runStore)}`,
      },
      {
        name: "an implementation that inherits the method from elsewhere",
        invalid: `${store}class Files {\n  load() {\n    return readJson("a");\n  }\n}\nexport class FileStore extends Files implements Store {}\n${runStore}`,
        errors: [reaches("Files.load")],
        valid: `${store}class Files {\n  load() {\n    return readJson("a");\n  }\n}\nexport class FileStore extends Files {}\n${unmarked(runStore)}`,
      },
      {
        name: "an implementation of a generic interface, of several at once",
        invalid: `interface Store<T> {\n  load(): T;\n}\nexport class FileStore implements Iterable<1>, Store<unknown> {\n  *[Symbol.iterator]() {\n    yield 1 as const;\n  }\n  load() {\n    return readJson("a");\n  }\n}\nexport async function run<S extends Store<unknown>>(store: S | undefined) {\n  «store?.load()»;\n}`,
        errors: [reaches("FileStore.load")],
        valid: `interface Store<T> {\n  load(): T;\n}\nexport class FileStore implements Iterable<1> {\n  *[Symbol.iterator]() {\n    yield 1 as const;\n  }\n  load() {\n    return readJson("a");\n  }\n}\nexport async function run<S extends Store<unknown>>(store: S | undefined) {\n  store?.load();\n}`,
      },
      {
        name: "an object that a variable of the type holds",
        invalid: `${store}export const files: Store = {\n  load() {\n    return readJson("a");\n  },\n};\n${runStore}`,
        errors: [reaches("files.load")],
        valid: `${store}export const files = {\n  load() {\n    return readJson("a");\n  },\n};\n${unmarked(runStore)}`,
      },
      {
        name: "an object that a function of the type gives",
        invalid: `${store}export function createFiles(): Store {\n  return { load: () => readJson("a") };\n}\n${runStore}`,
        errors: [reaches("createFiles().load")],
        valid: `${store}export function createFiles() {\n  return { load: () => readJson("a") };\n}\n${unmarked(runStore)}`,
      },
      {
        name: "an object that an async arrow function of the type gives, by a helper's name",
        invalid: `${store}const load = () => readJson("a");\nexport const createFiles = async (): Promise<Store> => ({ load });\n${runStore}`,
        errors: [reaches("load")],
        valid: `${store}const load = () => readJson("a");\nexport const createFiles = async (): Promise<Store> => ({ load: () => load });\n${unmarked(runStore)}`,
      },
      {
        name: "a type alias and a property that holds the function",
        invalid: `type Load = () => unknown;\ntype Store = { readonly load: Load };\nexport class FileStore implements Store {\n  readonly load = () => readJson("a");\n}\n${runStore}`,
        errors: [reaches("FileStore.load")],
        valid: `type Load = () => unknown;\ntype Store = { readonly load: Load };\nexport class FileStore {\n  readonly load = () => readJson("a");\n}\n${unmarked(runStore)}`,
      },
      {
        name: "a property that a class implements by a getter, also where it is taken apart",
        invalid: `interface Named {\n  readonly text: unknown;\n}\nexport class Reader implements Named {\n  get text() {\n    return readJson("a");\n  }\n}\nexport async function run(it: Named) {\n  const { «text» } = it;\n  return [text, «it.text»];\n}`,
        errors: [reaches("Reader.text"), reaches("Reader.text")],
        valid: `interface Named {\n  readonly text: unknown;\n}\nexport class Reader implements Named {\n  readonly text = 1;\n}\nexport async function run(it: Named) {\n  const { text } = it;\n  return [text, it.text];\n}`,
      },
      {
        name: "a property that a class implements by a setter",
        invalid: `interface Named {\n  text: unknown;\n}\nexport class Writer implements Named {\n  get text() {\n    return 1;\n  }\n  set text(_: unknown) {\n    readJson("a");\n  }\n}\nexport async function run(it: Named) {\n  «it.text» = 1;\n}`,
        errors: [reaches("Writer.text")],
        valid: `interface Named {\n  text: unknown;\n}\nexport class Writer implements Named {\n  get text() {\n    return 1;\n  }\n  set text(_: unknown) {\n    readJson("a");\n  }\n}\nexport async function run(it: Named) {\n  return it.text;\n}`,
      },
      {
        name: "the call by element access",
        invalid: `${store}${fileStore}export async function run(store: Store) {\n  «store["load"]()»;\n}`,
        errors: [reaches("FileStore.load")],
        valid: `${store}${fileStore}export async function run(store: { load(): unknown }) {\n  store["load"]();\n}`,
      },
      {
        name: "a callback that an implementation runs at once",
        invalid: `interface Lock {\n  hold(task: () => unknown): void;\n}\nexport class Mutex implements Lock {\n  hold(task: () => unknown) {\n    task();\n  }\n}\nexport async function run(lock: Lock) {\n  lock.hold(() => «readJson("a")»);\n}`,
        errors: [{ ...reaches(""), data: { ...reaches("").data, path: "readJson → fs.readFileSync" } }],
        valid: `interface Lock {\n  hold(task: () => unknown): void;\n}\nexport class Mutex implements Lock {\n  waiting: unknown[] = [];\n  hold(task: () => unknown) {\n    this.waiting.push(task);\n  }\n}\nexport async function run(lock: Lock) {\n  lock.hold(() => readJson("a"));\n}`,
      },
      {
        name: "not the classes that look like an implementation in a comment or in a test",
        invalid: `${store}// a class that implements Store: {\n${fileStore}${runStore}`,
        errors: [reaches("FileStore.load")],
        valid: `${store}// class FileStore implements Store {\nexport class FileStore {\n  load() {\n    return readJson("a");\n  }\n}\n${unmarked(runStore)}`,
      },
    ]),
  );
});

const base = "class Base {\n  go() {\n    return this.load();\n  }\n  load(): unknown {\n    return 1;\n  }\n}\n";
const files = `class Files extends Base {\n  override load() {\n    return readJson("a");\n  }\n}\n`;
const memory = "class Memory extends Base {\n  override load() {\n    return 1;\n  }\n}\n";

describe("a call by a base class", () => {
  testRule(
    "no-sync-io",
    withHead(head + base + files + memory, [
      {
        name: "an override, but not that of a sibling of the class at hand",
        invalid: "export async function run(it: Base) {\n  «it.load()»;\n}\nexport { Files, Memory };",
        errors: [reaches("Files.load")],
        valid: "export async function run(it: Memory) {\n  it.load();\n}\nexport { Files };",
      },
      {
        name: "an override, but not of an object that is known to be of the base class",
        invalid: "const make = (): Base => new Base();\nexport async function run() {\n  «make().load()»;\n}",
        errors: [reaches("Files.load")],
        valid: "const it = new Base();\nexport async function run() {\n  new Base().load();\n  it.load();\n}",
      },
      {
        name: "an override of an heir's heir",
        invalid: `class Deep extends Memory {\n  override load() {\n    return readJson("b") as number;\n  }\n}\nexport async function run(it: Memory) {\n  «it.load()»;\n}\nexport { Deep };`,
        errors: [reaches("Deep.load")],
        valid:
          "class Deep extends Memory {}\nexport async function run(it: Memory) {\n  it.load();\n}\nexport { Deep };",
      },
      {
        name: "an override that an inherited method calls, but not that of another class",
        invalid: "export async function run(it: Files) {\n  «it.go()»;\n}",
        errors: [reaches("Base.go → Files.load")],
        valid: "export async function run(it: Memory) {\n  it.go();\n}",
      },
      {
        name: "an override that an inherited method calls, from an object that may be of any class",
        invalid: "export async function run(it: Base) {\n  «it.go()»;\n}",
        errors: [reaches("Base.go → Files.load")],
        valid: "export async function run() {\n  new Base().go();\n}",
      },
      {
        name: "an override that an inherited method calls within a callback",
        invalid:
          'class Each extends Base {\n  all() {\n    return [1].map(() => this.load());\n  }\n}\nclass EachFile extends Each {\n  override load() {\n    return readJson("a");\n  }\n}\nexport async function run(it: EachFile) {\n  «it.all()»;\n}',
        errors: [reaches("Each.all → EachFile.load")],
        valid:
          'class Each extends Base {\n  all() {\n    return [1].map(() => this.load());\n  }\n}\nclass EachFile extends Each {\n  override load() {\n    return readJson("a");\n  }\n}\nclass EachOther extends Each {}\nexport async function run(it: EachOther) {\n  it.all();\n}\nexport { EachFile };',
      },
      {
        name: "an override that the base class's constructor calls",
        invalid: `class Eager {\n  constructor() {\n    this.prepare();\n  }\n  prepare() {}\n}\nclass EagerFiles extends Eager {\n  override prepare() {\n    readJson("a");\n  }\n}\nexport async function run() {\n  «new EagerFiles()»;\n}`,
        errors: [reaches("new EagerFiles → new Eager → EagerFiles.prepare")],
        valid: `class Eager {\n  constructor() {\n    this.prepare();\n  }\n  prepare() {}\n}\nclass EagerFiles extends Eager {\n  override prepare() {\n    readJson("a");\n  }\n}\nclass EagerOther extends Eager {}\nclass EagerHeir extends EagerOther {\n  override prepare() {\n    readJson("a");\n  }\n}\nexport async function run() {\n  new EagerOther();\n}\nexport { EagerFiles, EagerHeir };`,
      },
      {
        name: "an override that super's method calls",
        invalid: `class Again extends Files {\n  override go() {\n    return super.go();\n  }\n}\nexport async function run(it: Again) {\n  «it.go()»;\n}`,
        errors: [reaches("Again.go → Base.go → Files.load")],
        valid: `class Again extends Memory {\n  override go() {\n    return super.go();\n  }\n}\nexport async function run(it: Again) {\n  it.go();\n}`,
      },
      {
        name: "super's own method, not the override that calls it",
        invalid: `class Loud extends Files {\n  override load() {\n    return super.load();\n  }\n}\nexport async function run(it: Loud) {\n  «it.load()»;\n}`,
        errors: [reaches("Loud.load → Files.load")],
        valid: `class Loud extends Memory {\n  override load() {\n    return super.load();\n  }\n}\nclass Louder extends Loud {\n  override load() {\n    return readJson("a") as number;\n  }\n  async run() {\n    super.load();\n  }\n}\nexport { Louder };`,
      },
      {
        name: "an abstract method and an abstract getter",
        invalid: `abstract class Source {\n  abstract read(): unknown;\n  abstract get text(): unknown;\n}\nexport class FileSource extends Source {\n  read() {\n    return readJson("a");\n  }\n  get text() {\n    return readJson("a");\n  }\n}\nexport async function run(it: Source) {\n  return [«it.read()», «it.text»];\n}`,
        errors: [reaches("FileSource.read"), reaches("FileSource.text")],
        valid: `abstract class Source {\n  abstract read(): unknown;\n  abstract get text(): unknown;\n}\nexport class PlainSource extends Source {\n  read() {\n    return 1;\n  }\n  get text() {\n    return 1;\n  }\n}\nexport async function run(it: Source) {\n  return [it.read(), it.text];\n}`,
      },
      {
        name: "a method of classes that extend each other in a circle, as they may while they are written",
        invalid: `class One extends Two {\n  go() {\n    return readJson("a");\n  }\n}\nclass Two extends One {}\nexport async function run(it: One) {\n  «it.go()»;\n}`,
        errors: [reaches("One.go")],
        valid: `class One extends Two {\n  go() {\n    return this.more();\n  }\n}\nclass Two extends One {\n  more() {}\n}\nclass Own extends Own {}\nexport async function run(it: One, own: Own) {\n  it.go();\n  own.go();\n}`,
      },
      {
        name: "a private method of the class itself, not one of the same name further down",
        invalid: `class Own {\n  go() {\n    return this.#load();\n  }\n  #load(): unknown {\n    return readJson("a");\n  }\n}\nclass Heir extends Own {}\nexport async function run(it: Heir) {\n  «it.go()»;\n}`,
        errors: [reaches("Own.go → Own.#load")],
        valid: `class Own {\n  go() {\n    return this.#load();\n  }\n  #load(): unknown {\n    return 1;\n  }\n}\nclass Heir extends Own {\n  #load(): unknown {\n    return readJson("a");\n  }\n  more() {\n    return this.#load();\n  }\n}\nexport async function run(it: Heir) {\n  it.go();\n}`,
      },
      {
        name: "a static method, which has no overrides by an object",
        invalid: `class Kit {\n  static load(): unknown {\n    return readJson("a");\n  }\n}\nexport async function run() {\n  «Kit.load()»;\n}`,
        errors: [reaches("Kit.load")],
        valid: `class Kit {\n  static load(): unknown {\n    return 1;\n  }\n}\nclass FileKit extends Kit {\n  static override load() {\n    return readJson("a");\n  }\n  load() {\n    return readJson("a");\n  }\n}\nexport async function run() {\n  Kit.load();\n}\nexport { FileKit };`,
      },
    ]),
  );
});

const storeFile = "modules/store.ts";
const storeText = "export interface Store {\n  load(): string;\n}\n";
const callerFile = "modules/caller.ts";
const callerText = `import type { Store } from "./store.js";\n\nexport async function run(store: Store) {\n  store.load();\n}\n`;
const implementation = (of: string, name = "Store") =>
  `import { readFileSync } from "node:fs";\nimport ${of} from "./store.js";\n\nexport class FileStore implements ${name} {\n  load() {\n    return readFileSync("a", "utf8");\n  }\n}\n`;
const inCaller = [`${callerFile}:4 FileStore.load → fs.readFileSync`];

const getPaths = (findings: readonly Finding[]) =>
  findings
    .filter(({ message }) => message.includes("→"))
    .map(({ file, line, message }) => `${file}:${line} ${/`(.*?)`/.exec(message)?.[1]}`);

describe("implementations in other files", () => {
  test.each([
    ["by its own name", implementation("type { Store }")],
    ["renamed by the import", implementation("type { Store as Shop }", "Shop")],
    ["in a namespace", implementation("type * as stores", "stores.Store")],
  ])("are found where the interface is imported %s, in both hosts", async (_way, text) => {
    await using workspace = await Workspace.create({
      [callerFile]: callerText,
      [storeFile]: storeText,
      "modules/file-store.ts": text,
    });
    expect(getPaths(await workspace.lintWithEslint())).toEqual(inCaller);
    expect(getPaths(await workspace.lintWithOxlint())).toEqual(inCaller);
  });

  test("are found behind a default export, an alias and a re-export under another name", async () => {
    await using workspace = await Workspace.create({
      [callerFile]: `import type Anything from "./store.js";\n\nexport async function run(store: Anything) {\n  store.load();\n}\n`,
      [storeFile]: `export default interface Store {\n  load(): string;\n}\n`,
      "modules/default.ts": implementation("type Whatever", "Whatever"),
    });
    expect(getPaths(await workspace.lintWithEslint([callerFile]))).toEqual(inCaller);

    const renaming = `import type Store from "./store.js";\ntype Shop = Store;\nexport type { Shop as Market };\n`;
    const renamed = implementation("type { Market }", "Market").replace("./store.js", "./renaming.js");
    await workspace.write({ "modules/renaming.ts": renaming, "modules/default.ts": renamed });
    expect(getPaths(await workspace.lintWithEslint([callerFile]))).toEqual(inCaller);
  });

  test("come and go in the editor as they are written elsewhere", async () => {
    await using workspace = await Workspace.create({ [callerFile]: callerText, [storeFile]: storeText });
    expect(getPaths(await workspace.lintWithEslint([callerFile]))).toEqual([]);

    // Where a look at all files takes long, what is not imported is looked at a moment later.
    const expectPaths = (paths: readonly string[]) =>
      vi.waitFor(async () => expect(getPaths(await workspace.lintWithEslint([callerFile]))).toEqual(paths), 10_000);
    await workspace.write({ "modules/file-store.ts": implementation("type { Store }") });
    await expectPaths(inCaller);

    await workspace.remove("modules/file-store.ts");
    await expectPaths([]);
  });

  test("count for tests alone where they are a test's own", async () => {
    const caller = callerText.replace("run", "check");
    await using workspace = await Workspace.create({
      [callerFile]: callerText,
      [storeFile]: storeText,
      "modules/fake.test.ts": implementation("type { Store }"),
      "modules/caller.test.ts": caller,
    });
    expect(getPaths(await workspace.lintWithEslint())).toEqual([
      "modules/caller.test.ts:4 FileStore.load → fs.readFileSync",
    ]);
  });

  test("are looked for in the same file alone where no tsconfig includes the files", async () => {
    await using workspace = await Workspace.create({
      "scripts/store.ts": `${storeText}export async function run(store: Store) {\n  store.load();\n}\n`,
      "scripts/caller.ts": `${implementation("type { Store }")}export async function run(store: Store) {\n  store.load();\n}\n`,
    });
    expect(getPaths(await workspace.lintWithEslint())).toEqual([]);
    await workspace.write({
      "scripts/caller.ts": `import { readFileSync } from "node:fs";\n${storeText}${implementation("type { Store }").split("\n").slice(2).join("\n")}export async function run(store: Store) {\n  store.load();\n}\n`,
    });
    expect(getPaths(await workspace.lintWithEslint())).toEqual([
      "scripts/caller.ts:12 FileStore.load → fs.readFileSync",
    ]);
  });

  test("are no I/O of a layer that asks an interface for it", async () => {
    const operation = "modules/shop/operations/order.ts";
    const port = "export interface Store {\n  load(): Promise<string>;\n}\n";
    const adapter = `import { readFile } from "node:fs/promises";\nimport type { Store } from "../operations/store.js";\n\nexport class FileStore implements Store {\n  load = () => readFile("a", "utf8");\n}\n`;
    const order = (type: string, from: string) =>
      `import type { ${type} } from "${from}";\n\nexport const order = (store: ${type}) => store.load();\n`;
    await using workspace = await Workspace.create({
      "modules/shop/module.ts": `import { defineModule } from "@phasewise/runtime";\n\nexport default defineModule({ id: "shop", version: "1.0.0" });\n`,
      "modules/shop/operations/store.ts": port,
      "modules/shop/file-store.ts": adapter.replace("../operations", "./operations"),
      [operation]: order("Store", "./store.js"),
    });
    const lintOperation = async () =>
      (await workspace.lintWithEslint([operation])).filter(({ rule }) => rule === "no-layer-violation");
    expect(await lintOperation()).toEqual([]);

    await workspace.write({ [operation]: order("FileStore", "../file-store.js") });
    expect(getPaths(await lintOperation())).toEqual([expect.stringContaining(`${operation}:3`)]);
  });
});

import { describe } from "vitest";
import { testRule } from "../rule-tester.js";

const promised = (name: string) => `\`${name}\` from \`node:fs/promises\``;
const promisified = (name: string, module: string) =>
  `\`${name}\` from \`node:${module}\`, made a promise by \`promisify\` from \`node:util\`,`;
const blocks = (label: string, advice: string) => ({ messageId: "blocks", data: { label, advice } });
const reaches = (path: string, advice = promised("readFile")) => ({ messageId: "reaches", data: { path, advice } });

const readFileBlocks = blocks("fs.readFileSync", promised("readFile"));
const existsBlocks = blocks("fs.existsSync", promised("access"));

/** An argument whose type the checker fails to describe. */
const indescribable =
  "declare const use: (value: unknown) => void;\nfor (const [, list] of [[{}, [30]], [{}, []]] as const) use(list);\n";

describe("a call that blocks", () => {
  testRule("no-sync-io", [
    {
      name: "a function beside an argument that the checker fails to describe",
      invalid: `${indescribable}import { readFileSync } from "node:fs";\nexport const text = «readFileSync("a.txt", "utf8")»;`,
      errors: [readFileBlocks],
      valid: `${indescribable}import { readFile } from "node:fs/promises";\nexport const text = await readFile("a.txt", "utf8");`,
    },
    {
      name: "a function of fs by its own name",
      invalid: `import { readFileSync } from "node:fs";\nexport const text = «readFileSync("a.txt", "utf8")»;`,
      errors: [readFileBlocks],
      valid: `import { readFile } from "node:fs/promises";\nexport const text = await readFile("a.txt", "utf8");`,
    },
    {
      name: "the module without the prefix node:",
      invalid: `import { readFileSync } from "fs";\nexport const text = «readFileSync("a.txt", "utf8")»;`,
      errors: [readFileBlocks],
      valid: `import { readFile } from "fs/promises";\nexport const text = await readFile("a.txt", "utf8");`,
    },
    {
      name: "an aliased import",
      invalid: `import { readFileSync as slurp } from "node:fs";\n«slurp("a.txt")»;`,
      errors: [readFileBlocks],
      valid: `import { readFile as readFileSync } from "node:fs/promises";\nawait readFileSync("a.txt");`,
    },
    {
      name: "a member of the default import",
      invalid: `import fs from "node:fs";\n«fs.readFileSync("a.txt")»;`,
      errors: [readFileBlocks],
      valid: `import fs from "node:fs";\nawait fs.promises.readFile("a.txt");`,
    },
    {
      name: "a member of the namespace, by a name of its own",
      invalid: `import * as disk from "node:fs";\n«disk.readFileSync("a.txt")»;`,
      errors: [readFileBlocks],
      valid: `import * as disk from "node:fs/promises";\nawait disk.readFile("a.txt");`,
    },
    {
      name: "an element access",
      invalid: `import fs from "node:fs";\n«fs["readFileSync"]("a.txt")»;`,
      errors: [readFileBlocks],
      valid: `import fs from "node:fs";\nawait fs["promises"]["readFile"]("a.txt");`,
    },
    {
      name: "a destructured alias",
      invalid: `import fs from "node:fs";\nconst { readFileSync: slurp } = fs;\n«slurp("a.txt")»;`,
      errors: [readFileBlocks],
      valid: `import fs from "node:fs";\nconst { readFile: readFileSync } = fs.promises;\nawait readFileSync("a.txt");`,
    },
    {
      name: "a constant that holds the function",
      invalid: `import fs from "node:fs";\nconst slurp = fs.readFileSync;\n«slurp("a.txt")»;`,
      errors: [readFileBlocks],
      valid: `import fs from "node:fs";\nexport const slurp = fs.readFileSync;`,
    },
    {
      name: "an optional call",
      invalid: `import fs from "node:fs";\n«fs?.readFileSync?.("a.txt")»;`,
      errors: [readFileBlocks],
      valid: `import fs from "node:fs";\nawait fs?.promises?.readFile?.("a.txt");`,
    },
    {
      name: "a call through call and apply",
      invalid: `import fs from "node:fs";\n«fs.readFileSync.call(fs, "a.txt")»;\n«fs.readFileSync.apply(fs, ["a.txt"])»;`,
      errors: [readFileBlocks, readFileBlocks],
      valid: `export const largest = Math.max.apply(null, [1, 2]);`,
    },
    {
      name: "a parenthesised callee",
      invalid: `import fs from "node:fs";\n«(fs.readFileSync)("a.txt")»;`,
      errors: [readFileBlocks],
      valid: `import fs from "node:fs";\nawait (fs.promises.readFile)("a.txt");`,
    },
    {
      name: "the function given to map, at the function",
      invalid: `import fs from "node:fs";\nexport const found = ["a", "b"].map(«fs.existsSync»);`,
      errors: [existsBlocks],
      valid: `import fs from "node:fs";\nexport const found = ["a", "b"].map(fs.promises.access);`,
    },
    {
      name: "the function given to a helper that calls it",
      invalid: `import fs from "node:fs";\nimport { runNow } from "../../files/read.js";\nrunNow(«fs.mkdirSync»);`,
      errors: [blocks("fs.mkdirSync", promised("mkdir"))],
      valid: `import fs from "node:fs";\nimport { runLater } from "../../files/read.js";\nrunLater(fs.mkdirSync);`,
    },
    {
      name: "the result of createRequire, member by member",
      invalid: `import { createRequire } from "node:module";\nconst require = createRequire(import.meta.url);\nconst fs = require("fs");\n«fs.readFileSync("a.txt")»;`,
      errors: [readFileBlocks],
      valid: `import { createRequire } from "node:module";\nconst require = createRequire(import.meta.url);\nconst fs = require("fs");\nfs.readFile("a.txt", () => {});`,
    },
    {
      name: "the result of createRequire, destructured",
      invalid: `import { createRequire } from "node:module";\nconst { execSync: run } = createRequire(import.meta.url)("node:child_process");\n«run("ls")»;`,
      errors: [blocks("child_process.execSync", promisified("exec", "child_process"))],
      valid: `import { createRequire } from "node:module";\nconst { exec: run } = createRequire(import.meta.url)("node:child_process");\nrun("ls");`,
    },
    {
      name: "require in CommonJS",
      file: "modules/billing/linted.cts",
      invalid: `const { readFileSync } = require("node:fs");\n«readFileSync("a.txt")»;`,
      errors: [readFileBlocks],
      valid: `const { readFile } = require("node:fs");\nreadFile("a.txt", () => {});`,
    },
    {
      name: "import = require in CommonJS",
      file: "modules/billing/linted.cts",
      invalid: `import fs = require("node:fs");\n«fs.readFileSync("a.txt")»;`,
      errors: [readFileBlocks],
      valid: `import fs = require("node:fs");\nfs.readFile("a.txt", () => {});`,
    },
    {
      name: "JavaScript",
      file: "modules/billing/linted.js",
      invalid: `import { readFileSync } from "node:fs";\n«readFileSync("a.txt")»;`,
      errors: [readFileBlocks],
      valid: `import { readFile } from "node:fs/promises";\nawait readFile("a.txt");`,
    },
    {
      name: "child processes",
      invalid: `import { execFileSync, execSync, spawnSync } from "node:child_process";\n«execSync("ls")»;\n«execFileSync("ls")»;\n«spawnSync("ls")»;`,
      errors: [
        blocks("child_process.execSync", promisified("exec", "child_process")),
        blocks("child_process.execFileSync", promisified("execFile", "child_process")),
        blocks("child_process.spawnSync", "the end of `spawn` from `node:child_process`"),
      ],
      valid: `import { execFile, spawn } from "node:child_process";\nspawn("ls");\nexecFile("ls");`,
    },
    {
      name: "compression and cryptography",
      invalid: `import { gzipSync } from "node:zlib";\nimport { pbkdf2Sync } from "node:crypto";\n«gzipSync("a")»;\n«pbkdf2Sync("a", "b", 1, 1, "sha1")»;`,
      errors: [
        blocks("zlib.gzipSync", promisified("gzip", "zlib")),
        blocks("crypto.pbkdf2Sync", promisified("pbkdf2", "crypto")),
      ],
      valid: `import { createGzip } from "node:zlib";\nimport { createHash } from "node:crypto";\ncreateGzip();\ncreateHash("sha256");`,
    },
    {
      name: "statSync, which Node's types declare as an interface",
      invalid: `import { statSync } from "node:fs";\n«statSync("a.txt")»;`,
      errors: [blocks("fs.statSync", promised("stat"))],
      valid: `import { stat } from "node:fs/promises";\nawait stat("a.txt");`,
    },
    {
      name: "Atomics.wait",
      invalid: `const cells = new Int32Array(new SharedArrayBuffer(4));\n«Atomics.wait(cells, 0, 0)»;`,
      errors: [blocks("Atomics.wait", "the value of `Atomics.waitAsync`")],
      valid: `const cells = new Int32Array(new SharedArrayBuffer(4));\nAtomics.notify(cells, 0);`,
    },
    {
      name: "a synchronous XMLHttpRequest",
      invalid: `new XMLHttpRequest().open("GET", "/", true);\n«new XMLHttpRequest().open("GET", "/", false)»;`,
      errors: [blocks("XMLHttpRequest.open", "`fetch`")],
      valid: `new XMLHttpRequest().open("GET", "/");`,
    },
    {
      name: "fs, but not a function of the user's own with such a name",
      invalid: `import { readdirSync } from "node:fs";\nimport { layoutSync } from "../../files/read.js";\nlayoutSync(1);\n«readdirSync(".")»;`,
      errors: [blocks("fs.readdirSync", promised("readdir"))],
      valid: `function readFileSync() {}\nconst fs = { existsSync: () => true };\nreadFileSync();\nfs.existsSync();`,
    },
    {
      name: "text with a byte order mark, emoji and CRLF",
      invalid: `\uFEFF/* 😀 */ import { readFileSync } from "node:fs";\r\nconst text = "👩‍👩‍👧";\r\n/* 😀 */ «readFileSync(text)»;\r\n`,
      errors: [readFileBlocks],
      valid: `\uFEFF/* 😀 */ import { readFile } from "node:fs";\r\n/* 😀 */ readFile("👩‍👩‍👧", () => {});\r\n`,
    },
  ]);
});

describe("a call that reaches a blocking one", () => {
  testRule("no-sync-io", [
    {
      name: "a helper in another file, called in an async function",
      invalid: `import { loadConfig } from "../../files/read.js";\nexport async function run() {\n  «loadConfig()»;\n}`,
      errors: [reaches("loadConfig → readJson → fs.readFileSync")],
      valid: `import { loadConfig } from "../../files/read.js";\nexport function run() {\n  loadConfig();\n}`,
    },
    {
      name: "a helper in the same file, called in an async arrow function",
      invalid: `import { execSync } from "node:child_process";\nconst list = () => «execSync("ls")»;\nexport const run = async () => «list()»;`,
      errors: [
        blocks("child_process.execSync", promisified("exec", "child_process")),
        reaches("list → child_process.execSync", promisified("exec", "child_process")),
      ],
      valid: `const list = () => ["a"];\nexport const run = async () => list();`,
    },
    {
      name: "a helper called in an async method",
      invalid: `import { readJson } from "../../files/read.js";\nexport class Reader {\n  async run() {\n    return «readJson("a")»;\n  }\n}`,
      errors: [reaches("readJson → fs.readFileSync")],
      valid: `import { readJsonLater } from "../../files/read.js";\nexport class Reader {\n  async run() {\n    return readJsonLater("a");\n  }\n}`,
    },
    {
      name: "a helper through a re-export under another name",
      invalid: `import { load } from "../../files/index.js";\nexport async function run() {\n  «load()»;\n}`,
      errors: [reaches("loadConfig → readJson → fs.readFileSync")],
      valid: `import { parseJson } from "../../files/index.js";\nexport async function run() {\n  parseJson("{}");\n}`,
    },
    {
      name: "a default export",
      invalid: `import anything from "../../files/read.js";\nexport async function run() {\n  «anything()»;\n}`,
      errors: [reaches("loadConfig → readJson → fs.readFileSync")],
      valid: `import anything from "../../files/read.js";\nexport async function run() {\n  return anything;\n}`,
    },
    {
      name: "a namespace import",
      invalid: `import * as files from "../../files/read.js";\nexport async function run() {\n  «files.readJson("a")»;\n}`,
      errors: [reaches("readJson → fs.readFileSync")],
      valid: `import * as files from "../../files/read.js";\nexport async function run() {\n  files.parseJson("a");\n}`,
    },
    {
      name: "an inherited method",
      invalid: `import { Derived } from "../../files/read.js";\nexport async function run() {\n  «new Derived().read()»;\n}`,
      errors: [reaches("Base.read → readJson → fs.readFileSync")],
      valid: `import { Derived } from "../../files/read.js";\nexport async function run() {\n  new Derived().toString();\n}`,
    },
    {
      name: "a constructor",
      invalid: `import { WithConstructor } from "../../files/read.js";\nexport async function run() {\n  «new WithConstructor("a")»;\n}`,
      errors: [reaches("new WithConstructor → fs.existsSync", promised("access"))],
      valid: `import { Base } from "../../files/read.js";\nexport async function run() {\n  new Base();\n}`,
    },
    {
      name: "a field initialiser",
      invalid: `import { WithField } from "../../files/read.js";\nexport async function run() {\n  «new WithField()»;\n}`,
      errors: [reaches("new WithField → loadConfig → readJson → fs.readFileSync")],
      valid: `import { WithGetter } from "../../files/read.js";\nexport async function run() {\n  new WithGetter();\n}`,
    },
    {
      name: "the constructor of a base class",
      invalid: `import { WithField } from "../../files/read.js";\nclass Mine extends WithField {}\nexport async function run() {\n  «new Mine()»;\n}`,
      errors: [reaches("new Mine → new WithField → loadConfig → readJson → fs.readFileSync")],
      valid: `import { Base } from "../../files/read.js";\nclass Mine extends Base {}\nexport async function run() {\n  new Mine();\n}`,
    },
    {
      name: "a getter",
      invalid: `import { WithGetter } from "../../files/read.js";\nexport async function run(it: WithGetter) {\n  return «it.config»;\n}`,
      errors: [reaches("WithGetter.config → loadConfig → readJson → fs.readFileSync")],
      valid: `import { WithGetter } from "../../files/read.js";\nexport async function run(it: WithGetter) {\n  return it.name;\n}`,
    },
    {
      name: "a getter by element access",
      invalid: `import { WithGetter } from "../../files/read.js";\nexport async function run(it: WithGetter) {\n  return «it["config"]»;\n}`,
      errors: [reaches("WithGetter.config → loadConfig → readJson → fs.readFileSync")],
      valid: `import { WithGetter } from "../../files/read.js";\nexport async function run(it: WithGetter) {\n  return it["name"];\n}`,
    },
    {
      name: "a helper whose type was cast away",
      invalid: `import { loadConfig } from "../../files/read.js";\nexport async function run() {\n  return «(loadConfig as any)()»;\n}`,
      errors: [reaches("loadConfig → readJson → fs.readFileSync")],
      valid: `import { loadConfig } from "../../files/read.js";\nexport async function run() {\n  return loadConfig as any;\n}`,
    },
    {
      name: "a helper held by a constant of another type",
      invalid: `import { loadConfig } from "../../files/read.js";\nconst load: () => unknown = loadConfig;\nexport async function run() {\n  return «load()»;\n}`,
      errors: [reaches("loadConfig → readJson → fs.readFileSync")],
      valid: `const load: () => unknown = () => 1;\nexport async function run() {\n  return load();\n}`,
    },
    {
      name: "a generator that is iterated over, but not one that is only made",
      invalid: `import { loadConfig } from "../../files/read.js";\nfunction* all() {\n  yield loadConfig();\n}\nexport async function run() {\n  for (const one of «all()») return one;\n}`,
      errors: [reaches("all → loadConfig → readJson → fs.readFileSync")],
      valid: `import { loadConfig } from "../../files/read.js";\nfunction* all() {\n  yield loadConfig();\n}\nexport async function run() {\n  return all;\n}\nexport async function make() {\n  const made = all();\n  return made;\n}`,
    },
    {
      name: "a setter",
      invalid: `import { loadConfig } from "../../files/read.js";\nclass Box {\n  set value(value: unknown) {\n    loadConfig();\n  }\n}\nexport async function run(box: Box) {\n  «box.value» = 1;\n}`,
      errors: [reaches("Box.value → loadConfig → readJson → fs.readFileSync")],
      valid: `class Box {\n  value: unknown;\n}\nexport async function run(box: Box) {\n  box.value = 1;\n}`,
    },
    {
      name: "a file that is imported while the function runs",
      invalid: `export async function run() {\n  return «import("../../files/blocking-import.js")»;\n}`,
      errors: [reaches("blocking-import.ts → loadConfig → readJson → fs.readFileSync")],
      valid: `export async function run() {\n  return import("../../files/harmless-import.js");\n}`,
    },
    {
      name: "a helper of a file that is imported while the function runs",
      invalid: `export async function run() {\n  const { loadConfig } = await import("../../files/read.js");\n  «loadConfig()»;\n}`,
      errors: [reaches("loadConfig → readJson → fs.readFileSync")],
      valid: `export async function run() {\n  const { parseJson } = await import("../../files/read.js");\n  parseJson("{}");\n}`,
    },
    {
      name: "a tagged template",
      invalid: `import { readJson } from "../../files/read.js";\nconst json = (parts: TemplateStringsArray) => readJson(parts.join());\nexport async function run() {\n  return «json\`a\`»;\n}`,
      errors: [reaches("json → readJson → fs.readFileSync")],
      valid: `const json = (parts: TemplateStringsArray) => parts.join();\nexport async function run() {\n  return json\`a\`;\n}`,
    },
    {
      name: "an immediately called function",
      invalid: `import { readFileSync } from "node:fs";\nexport async function run() {\n  «(() => «readFileSync("a")»)()»;\n}`,
      errors: [reaches("fs.readFileSync"), readFileBlocks],
      valid: `export async function run() {\n  (() => 1)();\n}`,
    },
    {
      name: "a callback that runs at once within the async function",
      invalid: `import { loadConfig, runNow } from "../../files/read.js";\nexport async function run() {\n  runNow(() => «loadConfig()»);\n  ["a"].forEach(() => «loadConfig()»);\n}`,
      errors: [reaches("loadConfig → readJson → fs.readFileSync"), reaches("loadConfig → readJson → fs.readFileSync")],
      valid: `import { loadConfig, runLater } from "../../files/read.js";\nexport async function run() {\n  runLater(() => loadConfig());\n}`,
    },
    {
      name: "the name of a helper that map runs, but not of one kept for later",
      invalid: `import { readJson } from "../../files/read.js";\nexport async function run() {\n  return «["a"].map(readJson)»;\n}`,
      errors: [reaches("readJson → fs.readFileSync")],
      valid: `import { loadConfig } from "../../files/read.js";\nexport async function run() {\n  setTimeout(loadConfig, 1);\n  setInterval(() => loadConfig(), 1);\n  setImmediate(loadConfig);\n  queueMicrotask(() => loadConfig());\n  process.on("exit", () => loadConfig());\n  process.nextTick(loadConfig);\n}`,
    },
    {
      name: "a helper around a setup hook, which runs the hook's code later",
      invalid: `import type { RegistrationContext } from "@phasewise/runtime";\nimport { loadConfig } from "../../files/read.js";\nexport async function run(context: RegistrationContext) {\n  context.registerSetupHook(async () => {\n    «loadConfig()»;\n  });\n}`,
      errors: [reaches("loadConfig → readJson → fs.readFileSync")],
      valid: `import type { RegistrationContext } from "@phasewise/runtime";\nimport { loadConfig } from "../../files/read.js";\nconst hook = () => {\n  loadConfig();\n};\nexport async function run(context: RegistrationContext) {\n  context.registerSetupHook(hook as never);\n}`,
    },
    {
      name: "a helper in an async function, not the caller of that async function",
      invalid: `import { readJson } from "../../files/read.js";\nexport async function inner() {\n  «readJson("a")»;\n}\nexport async function outer() {\n  await inner();\n}`,
      errors: [reaches("readJson → fs.readFileSync")],
      valid: `import { readJsonInAsync } from "../../files/read.js";\nexport async function outer() {\n  await readJsonInAsync("a");\n}`,
    },
    {
      name: "functions that call each other in a circle and block",
      invalid: `import { readJson } from "../../files/read.js";\nconst even = (n: number): unknown => (n === 0 ? readJson("a") : odd(n - 1));\nconst odd = (n: number): unknown => even(n - 1);\nexport async function run() {\n  «odd(3)»;\n}`,
      errors: [reaches("odd → even → readJson → fs.readFileSync")],
      valid: `const even = (n: number): boolean => (n === 0 ? true : odd(n - 1));\nconst odd = (n: number): boolean => even(n - 1);\nexport async function run() {\n  odd(3);\n}`,
    },
  ]);
});

describe("options and comments", () => {
  const calls = [{ module: "slow-hash", name: "digest", advice: "`digestLater`" }];
  testRule("no-sync-io", [
    {
      name: "a call named in the option calls",
      options: [{ calls }],
      invalid: `import { digest } from "slow-hash";\n«digest("a")»;`,
      errors: [blocks("slow-hash.digest", "`digestLater`")],
      valid: `import { digestLater } from "slow-hash";\nawait digestLater("a");`,
    },
    {
      name: "a helper that reaches a call named in the option calls",
      options: [{ calls }],
      invalid: `import { digest } from "slow-hash";\nconst sign = (text: string) => «digest(text)»;\nexport async function run() {\n  «sign("a")»;\n}`,
      errors: [blocks("slow-hash.digest", "`digestLater`"), reaches("sign → slow-hash.digest", "`digestLater`")],
      valid: `import { digestLater } from "slow-hash";\nexport async function run() {\n  await digestLater("a");\n}`,
    },
    {
      name: "with allowAtTopLevel a call within a function",
      options: [{ allowAtTopLevel: true }],
      invalid: `import { readFileSync } from "node:fs";\nexport const read = () => «readFileSync("a.txt")»;`,
      errors: [readFileBlocks],
      valid: `import { readFileSync } from "node:fs";\nexport const text = readFileSync("a.txt");`,
    },
    {
      name: "a path, unless a comment at its last call says why it may block",
      invalid: `import { readJson } from "../../files/read.js";\nexport async function run() {\n  «readJson("a")»;\n}`,
      errors: [reaches("readJson → fs.readFileSync")],
      valid: `import { readOnce } from "../../files/read.js";\nexport async function run() {\n  readOnce("a");\n}`,
    },
  ]);
});

describe("without the types of Node", () => {
  const file = "../without-node-types/modules/linted.ts";
  testRule("no-sync-io", [
    {
      name: "a named import",
      file,
      invalid: `import { readFileSync as slurp } from "node:fs";\n«slurp("a.txt")»;`,
      errors: [readFileBlocks],
      valid: `import { readFile as readFileSync } from "node:fs/promises";\nawait readFileSync("a.txt");`,
    },
    {
      name: "a default import and a namespace",
      file,
      invalid: `import fs from "fs";\nimport * as all from "fs";\n«fs.readFileSync("a.txt")»;\n«all["existsSync"]("a.txt")»;`,
      errors: [readFileBlocks, existsBlocks],
      valid: `import fs from "fs";\nfs.readFile("a.txt");`,
    },
    {
      name: "a constant and a destructured alias",
      file,
      invalid: `import fs from "node:fs";\nconst slurp = fs.readFileSync;\nconst { existsSync: exists } = fs;\n«slurp("a.txt")»;\n«exists("a.txt")»;`,
      errors: [readFileBlocks, existsBlocks],
      valid: `import fs from "./fs.js";\nconst slurp = fs.readFileSync;\nslurp("a.txt");`,
    },
    {
      name: "a helper",
      file,
      invalid: `import { readFileSync } from "node:fs";\nconst load = () => «readFileSync("a.txt")»;\nexport async function run() {\n  «load()»;\n}`,
      errors: [readFileBlocks, reaches("load → fs.readFileSync")],
      valid: `import { readFileSync } from "./files.js";\nconst load = () => readFileSync("a.txt");\nexport async function run() {\n  load();\n}`,
    },
    {
      name: "a package that is not installed",
      file,
      invalid: `import fse from "fs-extra";\nimport { globSync } from "glob";\n«fse.readJsonSync("a.json")»;\n«globSync("*")»;`,
      errors: [
        blocks("fs-extra.readJsonSync", "the asynchronous counterpart from `fs-extra`"),
        blocks("glob.globSync", "the asynchronous counterpart from `glob`"),
      ],
      valid: `import fse from "fs-extra";\nimport { layoutSync } from "some-layout";\nawait fse.readJson("a.json");\nlayoutSync();`,
    },
  ]);
});

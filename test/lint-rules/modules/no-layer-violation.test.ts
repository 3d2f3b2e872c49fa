import { describe } from "vitest";
import { type Pair, testRule } from "../rule-tester.js";

const up = (own: string, target: string) => ({ messageId: "up", data: { own, target } });
const noIo = (end: string, own = "operations", others = "`commands` or `runtime`") => ({
  messageId: "io",
  data: { own, others, end, path: end },
});
const reachesIo = (path: string) => ({
  messageId: "reachesIo",
  data: { own: "operations", others: "`commands` or `runtime`", end: path.split(" → ").at(-1) ?? "", path },
});

const testFiles = (folder: string, pairs: readonly Pair[]) =>
  testRule(
    "no-layer-violation",
    pairs.map((pair) => ({ file: `modules/shipping/${folder}/linted.ts`, ...pair })),
  );

describe("an import that points up", () => {
  testFiles("operations", [
    {
      name: "one of operations from commands, but not from runtime and its own layer",
      invalid: `import { runCommand } from «"../commands/run.js"»; runCommand();`,
      errors: [up("operations", "commands")],
      valid: `import { loadPlan } from "../runtime/store.js"; import { createPlan } from "./plan.js"; export default [loadPlan, createPlan];`,
    },
    {
      name: "one of a type, and one for its effect",
      invalid: `import type { Run } from «"../commands/run.js"»; import «"../commands/run.js"»; export type B = import(«"../commands/run.js"»).Run; export type A = Run;`,
      errors: [up("operations", "commands"), up("operations", "commands"), up("operations", "commands")],
      valid: `import type { Stats } from "node:fs"; export type A = Stats; export type B = import("../runtime/store.js").B;`,
    },
    {
      name: "re-exports and imports within code",
      invalid: `export { runCommand } from «"../commands/run.js"»; export * from «"../commands/run.js"»; export const load = () => import(«"../commands/run.js"»); const run = require(«"../commands/run.js"»); import old = require(«"../commands/run.js"»);`,
      errors: Array.from({ length: 5 }, () => up("operations", "commands")),
      valid: `export { loadPlan } from "../runtime/store.js"; export const name = "../commands/run.js"; export const load = () => import(name); export { name as other };`,
    },
    {
      name: "what require is given, but not what another function is, or a name that is no text",
      invalid: `export const run = require(«"../commands/run.js"»);`,
      errors: [up("operations", "commands")],
      valid: `export const run = (load: (name: unknown) => unknown, it: { require: typeof load }) => [load("../commands/run.js"), it.require("../commands/run.js"), require(1 as never), import(2 as never)];`,
    },
    {
      name: "one by a path alias, and of the folder itself",
      invalid: `import { runCommand } from «"#shipping/commands/run.js"»; import { a } from «"../commands"»; runCommand(a);`,
      errors: [up("operations", "commands"), up("operations", "commands")],
      valid: `import { loadPlan } from "#shipping/runtime/store.js"; import { a } from "#missing/commands/run.js"; loadPlan(a);`,
    },
    {
      name: "one into the same module, but not into another one, or past the layers",
      invalid: `import "./../../shipping/operations/../commands/run.js"; `.replace(/"(.*)"/, `«"$1"»`),
      errors: [up("operations", "commands")],
      valid: `import "../../packing/commands/pack.js"; import "../shared/texts.js"; import "../module.js"; import "../shared/commands/run.js";`,
    },
  ]);
  testFiles("runtime", [
    {
      name: "those of runtime from both layers above",
      invalid: `import «"../commands/run.js"»; import «"../operations/plan.js"»;`,
      errors: [up("runtime", "commands"), up("runtime", "operations")],
      valid: `import "./store.js"; import "node:fs";`,
    },
  ]);
  testFiles("operations/orders", [
    {
      name: "one from a folder below a layer",
      invalid: `import «"../../commands/run.js"»;`,
      errors: [up("operations", "commands")],
      valid: `import "../plan.js"; import "../../runtime/store.js";`,
    },
  ]);
});

describe("I/O", () => {
  testFiles("operations", [
    {
      name: "a file that operations read, but not what runtime reads",
      invalid: `import { readFile } from "node:fs/promises"; export const load = () => «readFile("a")»;`,
      errors: [noIo("fs/promises.readFile")],
      valid: `import { loadPlan } from "../runtime/store.js"; export const load = () => loadPlan();`,
    },
    {
      name: "the network, a query and a blocking call",
      invalid: `import { Pool } from "pg"; import { existsSync } from "node:fs"; export const load = async (pool: Pool) => [«fetch("http://localhost")», «pool.query("a")», «existsSync("a")»];`,
      errors: [noIo("fetch"), noIo("Pool.query"), noIo("fs.existsSync")],
      valid: `export const load = async (fetch: (url: string) => string) => [fetch("http://localhost"), JSON.parse("1")];`,
    },
    {
      name: "a socket that is opened, and what blocks without I/O",
      invalid: `import { gzipSync } from "node:zlib"; export const load = () => [«new WebSocket("ws://a")», «gzipSync("a")»];`,
      errors: [noIo("WebSocket"), noIo("zlib.gzipSync")],
      valid: `import { createGzip } from "node:zlib"; export const load = (it: WebSocket) => [it.url, createGzip(), new Map()];`,
    },
    {
      name: "I/O of a helper that is in no layer, with the path",
      invalid: `import { loadTexts } from "../shared/texts.js"; export const load = () => «loadTexts()»;`,
      errors: [reachesIo("loadTexts → fs/promises.readFile")],
      valid: `import { formatText } from "../shared/texts.js"; export const load = () => formatText("a");`,
    },
    {
      name: "I/O of a helper, unless a comment there gives a reason",
      invalid: `import { loadTexts, loadTextsOnce } from "../shared/texts.js"; export const load = [«loadTexts()», loadTextsOnce()];`,
      errors: [reachesIo("loadTexts → fs/promises.readFile")],
      valid: `import { loadTextsOnce } from "../shared/texts.js"; export const load = () => loadTextsOnce();`,
    },
  ]);
  testFiles("operations", [
    {
      name: "I/O at the place that does it, but not at a caller in the same layer",
      invalid: `import { readFile } from "node:fs/promises"; const read = () => «readFile("a")»; export const load = () => read();`,
      errors: [noIo("fs/promises.readFile")],
      valid: `import { createPlan } from "./plan.js"; export const load = () => createPlan(["a"]);`,
    },
  ]);
});

describe("the option layers", () => {
  const options = [{ layers: [{ folder: "runtime", io: false }, { folder: "commands" }] }] as const;
  testFiles("commands", [
    {
      name: "what points up in that order",
      options,
      invalid: `import «"../runtime/store.js"»;`,
      errors: [up("commands", "runtime")],
      valid: `import "../operations/plan.js"; import { readFile } from "node:fs/promises"; await readFile("a");`,
    },
  ]);
  testFiles("runtime", [
    {
      name: "I/O of the layers that are to be free of it",
      options,
      invalid: `«fetch("a")»;`,
      errors: [noIo("fetch", "runtime", "`commands`")],
      valid: `import "../commands/run.js";`,
    },
    {
      name: "I/O where every layer is to be free of it",
      options: [{ layers: [{ folder: "runtime", io: false }] }],
      invalid: `«fetch("a")»;`,
      errors: [noIo("fetch", "runtime", "another layer")],
      valid: `import "../operations/plan.js";`,
    },
  ]);
});

describe("a module", () => {
  testRule("no-layer-violation", [
    {
      name: "layers of a module",
      file: "modules/shipping/runtime/linted.ts",
      invalid: `import «"../commands/run.js"»;`,
      errors: [up("runtime", "commands")],
      valid: `import "../shared/texts.js";`,
    },
    {
      name: "layers of a module, but not folders of these names outside of modules",
      file: "modules/shipping/operations/linted.ts",
      invalid: `import «"../commands/run.js"»; export const load = () => «fetch("a")»;`,
      errors: [up("operations", "commands"), noIo("fetch")],
      valid: `import "../commands/run.js"; export const load = () => fetch("a");`,
      validFile: "files/operations/linted.ts",
    },
  ]);
  testRule("no-layer-violation", [
    {
      name: "layers, in CommonJS",
      file: "modules/shipping/runtime/linted.cts",
      invalid: `const run = require(«"../commands/run.js"»);`,
      errors: [up("runtime", "commands")],
      valid: `const load = (require: (name: string) => string) => require(name);`,
    },
  ]);
});

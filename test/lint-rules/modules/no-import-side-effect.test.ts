import { describe } from "vitest";
import { type Pair, testRule } from "../rule-tester.js";

const of = (messageId: string) => (code: string) => ({ messageId, data: { code, owner: "this file" } });
const runs = of("runs");
const awaits = of("awaits");
const changes = (code: string, owner: string) => ({ messageId: "changes", data: { code, owner } });
const reaches = (path: string) => ({ messageId: "reaches", data: { path } });

const head = `
import { addCarrier, carriers, createCarriers, loadCarriers, watchCarriers, watchCarriersOnce } from "./carriers.js";
`;

function testCode(pairs: readonly Pair[]): void {
  testRule(
    "no-import-side-effect",
    pairs.map((pair) => ({
      file: "modules/shipping/linted.ts",
      ...pair,
      invalid: `${head}${pair.invalid}\nexport const isLinted = true;`,
      valid: `${head}${pair.valid}\nexport const isLinted = true;`,
    })),
  );
}

describe("a statement that is a call", () => {
  testCode([
    {
      name: "one of an imported function",
      invalid: `«addCarrier("a")»;`,
      errors: [runs(`addCarrier("a")`)],
      valid: `export function add() { addCarrier("a"); }`,
    },
    {
      name: "one of a function of the file",
      invalid: `function start() {} «start()»;`,
      errors: [runs("start()")],
      valid: `function start() {} export const run = () => start();`,
    },
    {
      name: "one on what another file made, but not on what the file made itself",
      invalid: `«carriers.set("a", "b")»;`,
      errors: [runs(`carriers.set("a", "b")`)],
      valid: `const own = new Map<string, string>(); own.set("a", "b"); (own as Map<string, string>).get("a")!.trim();`,
    },
    {
      name: "Object.assign to what is shared, but not Object.freeze of the file's own",
      invalid: `«Object.assign(globalThis, { a: 1 })»;`,
      errors: [runs("Object.assign(globalThis, { a: 1 })")],
      valid: `const own = { a: 1 }; Object.freeze(own); Reflect.defineProperty(own, "b", {});`,
    },
    {
      name: "one of a global",
      invalid: `«console.log("loaded")»;`,
      errors: [runs(`console.log("loaded")`)],
      valid: `const text = String("loaded");`,
    },
    {
      name: "a function that calls itself at once, but not one that does so for a value",
      invalid: `«(() => { addCarrier("a"); })()»;`,
      errors: [runs(`(() => { addCarrier("a"); })()`)],
      valid: `const own = (() => createCarriers(["a"]))();`,
    },
    {
      name: "one whose promise is dropped with void",
      invalid: `void «loadCarriers()»;`,
      errors: [runs("loadCarriers()")],
      valid: `void 0;`,
    },
    {
      name: "new, tagged templates and imports",
      invalid: "class Own {} «new Own()»; «String.raw`a`»; «import('./carriers.js')»;",
      errors: [runs("new Own()"), runs("String.raw`a`"), runs("import('./carriers.js')")],
      valid: "class Own {} export const own = new Own(); export const raw = String.raw`a`;",
    },
    {
      name: "one below a condition, in a loop, and in a block",
      invalid: `if (carriers.size > 0) «addCarrier("a")»; for (const name of ["a"]) { «addCarrier(name)»; } carriers.size > 0 && «addCarrier("b")»; carriers.size ? «addCarrier("c")» : 1;`,
      errors: [runs(`addCarrier("a")`), runs("addCarrier(name)"), runs(`addCarrier("b")`), runs(`addCarrier("c")`)],
      valid: `if (import.meta.main) addCarrier("a"); import.meta.main && addCarrier("b"); if (process.argv[1] === import.meta.filename) { for (const name of ["a"]) addCarrier(name); }`,
    },
    {
      name: "one in the else of a program's guard",
      invalid: `if (import.meta.main) addCarrier("a"); else «addCarrier("b")»;`,
      errors: [runs(`addCarrier("b")`)],
      valid: `if (import.meta.main && carriers.size > 0) addCarrier("a");`,
    },
    {
      name: "one behind a guard that asks for something else",
      invalid: `if (import.meta.url === "a") «addCarrier("a")»; if (process.argv[2]) «addCarrier("b")»;`,
      errors: [runs(`addCarrier("a")`), runs(`addCarrier("b")`)],
      valid: `if (require.main === module) addCarrier("a");`,
    },
    {
      name: "one in a static block, but not in a constructor",
      invalid: `export class Own { static { «addCarrier("a")»; } }`,
      errors: [runs(`addCarrier("a")`)],
      valid: `export class Own { static names = new Map<string, string>(); static { this.names.set("a", "b"); } constructor() { addCarrier("a"); } }`,
    },
    {
      name: "optional calls, casts and sequences",
      invalid: `«carriers?.set("a", "b")»; «addCarrier("a")» as unknown; («addCarrier("b")», «addCarrier("c")»);`,
      errors: [runs(`carriers?.set("a", "b")`), ...["a", "b", "c"].map((name) => runs(`addCarrier("${name}")`))],
      valid: `const own = createCarriers(["a"]); own?.get("a");`,
    },
  ]);
});

describe("await", () => {
  testCode([
    {
      name: "one of a value",
      invalid: `export const text = «await loadCarriers()»;`,
      errors: [awaits("await loadCarriers()")],
      valid: `export const load = async () => await loadCarriers();`,
    },
    {
      name: "one in a statement, once",
      invalid: `«await loadCarriers()»;`,
      errors: [awaits("await loadCarriers()")],
      valid: `export async function load() { await loadCarriers(); }`,
    },
    {
      name: "for await and await using",
      invalid: `declare const all: AsyncIterable<string>; declare const held: AsyncDisposable; «for await (const one of all) { one.trim(); }» «await using mine = held;»`,
      errors: [awaits("for await (const one of all) { one.trim(); }"), awaits("await using mine = held;")],
      valid: `declare const all: Iterable<string>; for (const one of all) { one.length; }`,
    },
    {
      name: "one of a static field, but not of a method",
      invalid: `export class Own { static { «addCarrier("a")»; } } export const held = { text: «await loadCarriers()» };`,
      errors: [runs(`addCarrier("a")`), awaits("await loadCarriers()")],
      valid: `export const held = { async load() { return await loadCarriers(); } };`,
    },
    {
      name: "one, unless the file runs as a program",
      invalid: `if (carriers.size > 0) «await loadCarriers()»;`,
      errors: [awaits("await loadCarriers()")],
      valid: `if (import.meta.main) await loadCarriers();`,
    },
  ]);
});

describe("a change of what others own", () => {
  testCode([
    {
      name: "one of a global",
      invalid: `«process.env["TZ"] = "UTC"»; «(globalThis as any).ready = true»; «Array.prototype.at = () => 1»;`,
      errors: [
        changes(`process.env["TZ"] = "UTC"`, "the global scope"),
        changes("(globalThis as any).ready = true", "the global scope"),
        changes("Array.prototype.at = () => 1", "the global scope"),
      ],
      valid: `class Own { static title = ""; } Own.title = "own"; let count = 0; count = 1;`,
    },
    {
      name: "one of an import, and a deletion",
      invalid: `«addCarrier.toString = () => "a"»; «delete process.env.TZ»;`,
      errors: [
        changes(`addCarrier.toString = () => "a"`, "another file"),
        changes("delete process.env.TZ", "the global scope"),
      ],
      valid: `const own: { a?: number } = {}; delete own.a; function run() { process.env.TZ = "UTC"; }`,
    },
  ]);
});

describe("a value that is worked out by calls", () => {
  testCode([
    {
      name: "a timer, but not a timer of a function",
      invalid: `export const timer = «setInterval(() => {}, 1000)»;`,
      errors: [reaches("setInterval")],
      valid: `export const start = () => setInterval(() => {}, 1000);`,
    },
    {
      name: "a timer by other names",
      invalid: `import { setTimeout as later } from "node:timers"; const again = globalThis.setInterval; export const a = «later(() => {}, 1)», b = «again(() => {}, 1)», c = «process.nextTick(() => {})»;`,
      errors: [reaches("setTimeout"), reaches("setInterval"), reaches("nextTick")],
      valid: `function setTimeout(name: string) { return name; } class Own { setInterval() { return 1; } } export const a = [setTimeout("a"), new Own().setInterval()];`,
    },
    {
      name: "a timer that a helper in another file starts, with the path",
      invalid: `export const watch = «watchCarriers()»;`,
      errors: [reaches("watchCarriers → setInterval")],
      valid: `export const names = createCarriers(["a"]);`,
    },
    {
      name: "a timer behind a helper, unless a comment there gives a reason",
      invalid: `export const watching = «watchCarriers()»;`,
      errors: [reaches("watchCarriers → setInterval")],
      valid: `export const watch = watchCarriersOnce();`,
    },
    {
      name: "I/O, also of a static field and in a callback that runs at once",
      invalid: `export const text = «loadCarriers()»; export class Own { static text = «loadCarriers()»; } export const all = ["a"].map(() => «loadCarriers()»);`,
      errors: Array.from({ length: 3 }, () => reaches("loadCarriers → fs/promises.readFile")),
      valid: `export class Own { text = loadCarriers(); } export const all = { load: () => loadCarriers() };`,
    },
    {
      name: "I/O, unless the file runs as a program",
      invalid: `const text = carriers.size > 0 && «loadCarriers()»;`,
      errors: [reaches("loadCarriers → fs/promises.readFile")],
      valid: `const text = import.meta.main && loadCarriers();`,
    },
  ]);
});

describe("the files of a module", () => {
  const inFile = (file: string, pair: Omit<Pair, "file">) => testRule("no-import-side-effect", [{ file, ...pair }]);
  const runsRegister = [runs("register()")];
  const declared = "declare function register(): void;";

  inFile("modules/shipping/module.ts", {
    name: "the module file, where I/O is another rule's",
    invalid: `import { defineModule } from "@phasewise/runtime"; ${declared} «register()»; export default defineModule({ id: "shipping", version: "1" });`,
    errors: runsRegister,
    valid: `import { defineModule } from "@phasewise/runtime"; export const page = fetch("http://localhost"); export default defineModule({ id: "shipping", version: "1" });`,
  });
  inFile("files/module-of-another-name.ts", {
    name: "a module file of another name, but not other files outside of modules",
    invalid: `import { defineModule as define } from "@phasewise/runtime"; ${declared} «register()»; const module = define({ id: "a", version: "1" }); export default module;`,
    errors: runsRegister,
    valid: `${declared} register(); export {};`,
  });
  inFile("modules/shipping/parcels/parcel.ts", {
    name: "a file in a folder below, but not one of a folder without module file",
    invalid: `${declared} «register()»; export {};`,
    errors: runsRegister,
    valid: `${declared} export {};`,
  });
  inFile("modules/shipping/linted.ts", {
    name: "a file with exports, but not one without: that is not there to be imported",
    invalid: `${declared} «register()»; export type A = 1;`,
    errors: runsRegister,
    valid: `import { addCarrier } from "./carriers.js"; addCarrier("a");`,
  });
  inFile("modules/shipping/linted.cts", {
    name: "a file with CommonJS exports, which are its own",
    invalid: `${declared} «register()»; module.exports = {};`,
    errors: runsRegister,
    valid: `exports.a = 1; module.exports.b = 2; module.exports = {};`,
  });
  inFile("modules/shipping/linted.ts", {
    name: "long code in short",
    invalid: `${declared} «register(\n  ${'"a", '.repeat(30)})»; export {};`,
    errors: [runs('register( "a", "a", "a", "a", "a", "a", "a", "a", "a", "a…')],
    valid: `export {};`,
  });
});

import { describe } from "vitest";
import { type Pair, testRule } from "../rule-tester.js";

const promised = (name: string) => `\`${name}\` from \`node:fs/promises\``;
const promisified = (name: string, module: string) =>
  `\`${name}\` from \`node:${module}\`, made a promise by \`promisify\` from \`node:util\`,`;
const blocks = (label: string, advice: string) => ({ messageId: "blocks", data: { label, advice } });
const blocksFile = (name: string) => blocks(`fs.${name}Sync`, promised(name));
const suggests = (error: ReturnType<typeof blocks>, code: string, output: string) => ({
  ...error,
  suggestions: [{ messageId: "awaitInstead", data: { code }, output }],
});

/** A pair whose code is an import and the body of an async function with the parameter `path`. */
interface Body {
  readonly name: string;
  readonly head?: string;
  readonly body: string;
  readonly error: ReturnType<typeof blocks>;
  /** What becomes of it: by a fix, or by a suggestion that awaits `code`. */
  readonly repaired?: string;
  readonly repairedHead?: string;
  readonly code?: string;
  /** The body of the neighbour, where that is not what becomes of the other. */
  readonly valid?: string;
}

const named = `import { readFileSync } from "node:fs";\n`;
const namedPromise = `import { readFile } from "node:fs/promises";\n`;

function testBodies(bodies: readonly Body[]): void {
  testRule("no-sync-io", bodies.map(toPair));
}

function toPair({ name, head = named, body, error, repaired, repairedHead = namedPromise, code, valid }: Body): Pair {
  const wrap = (imports: string, text: string) => `${imports}export async function run(path: string) {\n  ${text}\n}\n`;
  const output = repaired === undefined ? undefined : wrap(repairedHead, repaired);
  return {
    name,
    invalid: wrap(head, body),
    errors: [code === undefined || output === undefined ? error : suggests(error, code, output)],
    ...(code === undefined && output !== undefined && { output }),
    valid: valid === undefined ? (output ?? "") : wrap(namedPromise, valid),
  };
}

describe("the promise counterpart is a fix where nothing is evaluated before the call", () => {
  testBodies([
    {
      name: "an initialiser",
      body: `const text = «readFileSync(path, "utf8")»;\n  return text;`,
      error: blocksFile("readFile"),
      repaired: `const text = await readFile(path, "utf8");\n  return text;`,
    },
    {
      name: "what is returned",
      body: `return «readFileSync(path)»;`,
      error: blocksFile("readFile"),
      repaired: `return await readFile(path);`,
    },
    {
      name: "a statement, with its comments",
      head: `import { mkdirSync } from "node:fs";\n`,
      body: `/* first */ «mkdirSync(/* where */ path, { recursive: true })»; // done`,
      error: blocksFile("mkdir"),
      repairedHead: `import { mkdir } from "node:fs/promises";\n`,
      repaired: `/* first */ await mkdir(/* where */ path, { recursive: true }); // done`,
    },
    {
      name: "the first argument of an import, of a constant, of a function and of a class",
      head: `import { readFileSync } from "node:fs";\nimport { parse } from "node:url";\nimport querystring from "node:querystring";\nconst trim = (value: unknown) => value;\nfunction keep(value: unknown) {\n  return value;\n}\nclass Held {\n  constructor(readonly value: unknown) {}\n}\n`,
      body: `return new Held(keep(trim(parse(querystring.escape(«readFileSync(path, "utf8")»)))));`,
      error: blocksFile("readFile"),
      repairedHead: `import { readFile } from "node:fs/promises";\nimport { parse } from "node:url";\nimport querystring from "node:querystring";\nconst trim = (value: unknown) => value;\nfunction keep(value: unknown) {\n  return value;\n}\nclass Held {\n  constructor(readonly value: unknown) {}\n}\n`,
      repaired: `return new Held(keep(trim(parse(querystring.escape(await readFile(path, "utf8"))))));`,
    },
    {
      name: "the first argument of a function of the global scope",
      body: `return JSON.parse(«readFileSync(path, "utf8")»);`,
      error: blocksFile("readFile"),
      repaired: `return JSON.parse(await readFile(path, "utf8"));`,
    },
    {
      name: "an argument of new",
      body: `return new Set(«readFileSync(path)»);`,
      error: blocksFile("readFile"),
      repaired: `return new Set(await readFile(path));`,
    },
    {
      name: "a value of which a member is read, with parentheses",
      body: `return «readFileSync(path)».toString().split("\\n");`,
      error: blocksFile("readFile"),
      repaired: `return (await readFile(path)).toString().split("\\n");`,
    },
    {
      name: "a value with a cast and one that is taken not to be null",
      body: `return («readFileSync(path)»! as unknown) satisfies unknown;`,
      error: blocksFile("readFile"),
      repaired: `return ((await readFile(path))! as unknown) satisfies unknown;`,
    },
    {
      name: "a member of the default import",
      head: `import fs from "node:fs";\n`,
      body: `return «fs.readFileSync(path)»;`,
      error: blocksFile("readFile"),
      repairedHead: `import fs from "node:fs";\n`,
      repaired: `return await fs.promises.readFile(path);`,
    },
    {
      name: "a member of the namespace",
      head: `import * as disk from "fs";\n`,
      body: `return «disk.statSync(path)».size;`,
      error: blocksFile("stat"),
      repairedHead: `import * as disk from "fs";\n`,
      repaired: `return (await disk.promises.stat(path)).size;`,
    },
    {
      name: "a method that another call follows in a line of its own",
      body: `if (path) return\n  const text = «readFileSync(path)».toString()\n  return text`,
      error: blocksFile("readFile"),
      repaired: `if (path) return\n  const text = (await readFile(path)).toString()\n  return text`,
    },
  ]);

  testRule("no-sync-io", [
    {
      name: "the body of an arrow function, and of a method",
      invalid: `${named}export const load = async (path: string) => «readFileSync(path)»;\n`,
      errors: [blocksFile("readFile")],
      output: `${namedPromise}export const load = async (path: string) => await readFile(path);\n`,
      valid: `${namedPromise}export const load = async (path: string) => readFile(path);\n`,
    },
    {
      name: "a call in a method, with CRLF, emoji and a byte order mark",
      invalid: `\uFEFF/* 😀 */ import { readFileSync } from "node:fs";\r\nexport class Files {\r\n  async load(path: string) {\r\n    /* 😀 */ const text = «readFileSync(path)»;\r\n    return text;\r\n  }\r\n}\r\n`,
      errors: [blocksFile("readFile")],
      output: `\uFEFF/* 😀 */ import { readFile } from "node:fs/promises";\r\nexport class Files {\r\n  async load(path: string) {\r\n    /* 😀 */ const text = await readFile(path);\r\n    return text;\r\n  }\r\n}\r\n`,
      valid: `${namedPromise}export class Files {\n  async load(path: string) {\n    return readFile(path);\n  }\n}\n`,
    },
  ]);
});

describe("the imports of the fix", () => {
  testBodies([
    {
      name: "an aliased name, without the prefix node: and with single quotes",
      head: `import { readFileSync as slurp } from 'fs'\n`,
      body: `return «slurp(path)»`,
      error: blocksFile("readFile"),
      repairedHead: `import { readFile } from 'fs/promises'\n`,
      repaired: `return await readFile(path)`,
    },
    {
      name: "a name that is used elsewhere stays, and the other is imported in the style of its import",
      head: `import { readFileSync } from 'fs' // files\nexport { readFileSync }\n`,
      body: `return «readFileSync(path)»`,
      error: blocksFile("readFile"),
      repairedHead: `import { readFileSync } from 'fs' // files\nimport { readFile } from 'fs/promises'\nexport { readFileSync }\n`,
      repaired: `return await readFile(path)`,
    },
    {
      name: "an import that code follows in its line",
      head: `import { readFileSync } from "fs"; export { readFileSync };\n`,
      body: `return «readFileSync(path)»;`,
      error: blocksFile("readFile"),
      repairedHead: `import { readFileSync } from "fs"; import { readFile } from "fs/promises"; export { readFileSync };\n`,
      repaired: `return await readFile(path);`,
    },
    {
      name: "the first of several names",
      head: `import { readFileSync, watch } from "node:fs";\nexport { watch };\n`,
      body: `return «readFileSync(path)»;`,
      error: blocksFile("readFile"),
      repairedHead: `import { watch } from "node:fs";\nimport { readFile } from "node:fs/promises";\nexport { watch };\n`,
      repaired: `return await readFile(path);`,
    },
    {
      name: "the last of several names",
      head: `import { watchFile, readFileSync } from "node:fs";\nexport { watchFile };\n`,
      body: `return «readFileSync(path)»;`,
      error: blocksFile("readFile"),
      repairedHead: `import { watchFile } from "node:fs";\nimport { readFile } from "node:fs/promises";\nexport { watchFile };\n`,
      repaired: `return await readFile(path);`,
    },
    {
      name: "a name whose removal would drop a comment, so that it stays",
      head: `import { watch, /* whole */ readFileSync } from "node:fs";\nexport { watch };\n`,
      body: `return «readFileSync(path)»;`,
      error: blocksFile("readFile"),
      repairedHead: `import { watch, /* whole */ readFileSync } from "node:fs";\nimport { readFile } from "node:fs/promises";\nexport { watch };\n`,
      repaired: `return await readFile(path);`,
    },
    {
      name: "a name with a comment in it, so that it stays",
      head: `import { readFileSync /* whole */ as slurp } from "node:fs";\n`,
      body: `return «slurp(path)»;`,
      error: blocksFile("readFile"),
      repairedHead: `import { readFileSync /* whole */ as slurp } from "node:fs";\nimport { readFile } from "node:fs/promises";\n`,
      repaired: `return await readFile(path);`,
    },
    {
      name: "one beside the default import",
      head: `import fs, { readFileSync } from "node:fs";\nexport { fs };\n`,
      body: `return «readFileSync(path)»;`,
      error: blocksFile("readFile"),
      repairedHead: `import fs, { readFileSync } from "node:fs";\nimport { readFile } from "node:fs/promises";\nexport { fs };\n`,
      repaired: `return await readFile(path);`,
    },
    {
      name: "one that joins an import of names",
      head: `import { stat } from "node:fs/promises";\nimport { readFileSync } from "node:fs";\nexport { stat };\n`,
      body: `return «readFileSync(path)»;`,
      error: blocksFile("readFile"),
      repairedHead: `import { stat, readFile } from "node:fs/promises";\nexport { stat };\n`,
      repaired: `return await readFile(path);`,
    },
    {
      name: "one of an import that shares its line, which stays",
      head: `import { readFile } from "node:fs/promises"; import { readFileSync } from "node:fs";\nexport { readFile };\n`,
      body: `return «readFileSync(path)»;`,
      error: blocksFile("readFile"),
      repairedHead: `import { readFile } from "node:fs/promises"; import { readFileSync } from "node:fs";\nexport { readFile };\n`,
      repaired: `return await readFile(path);`,
    },
    {
      name: "one that is imported already, under a name of its own",
      head: `import { readFileSync } from "node:fs";\nimport { type FileHandle, readFile as read } from "fs/promises";\nexport type { FileHandle };\nexport { read };\n`,
      body: `return «readFileSync(path)»;`,
      error: blocksFile("readFile"),
      repairedHead: `import { type FileHandle, readFile as read } from "fs/promises";\nexport type { FileHandle };\nexport { read };\n`,
      repaired: `return await read(path);`,
    },
    {
      name: "one that the namespace of promises has",
      head: `import { readFileSync } from "node:fs";\nimport * as files from "node:fs/promises";\nexport { files };\n`,
      body: `return «readFileSync(path)»;`,
      error: blocksFile("readFile"),
      repairedHead: `import * as files from "node:fs/promises";\nexport { files };\n`,
      repaired: `return await files.readFile(path);`,
    },
    {
      name: "one that the name promises of fs has",
      head: `import { promises as files, readFileSync } from "node:fs";\nexport { files };\n`,
      body: `return «readFileSync(path)»;`,
      error: blocksFile("readFile"),
      repairedHead: `import { promises as files } from "node:fs";\nexport { files };\n`,
      repaired: `return await files.readFile(path);`,
    },
    {
      name: "one beside an import of types alone",
      head: `import type { FileHandle } from "node:fs/promises";\nimport { readFileSync } from "node:fs";\nexport type { FileHandle };\n`,
      body: `return «readFileSync(path)»;`,
      error: blocksFile("readFile"),
      repairedHead: `import type { FileHandle } from "node:fs/promises";\nimport { readFile } from "node:fs/promises";\nexport type { FileHandle };\n`,
      repaired: `return await readFile(path);`,
    },
    {
      name: "a name that stands for something else there, without a fix",
      body: `const readFile = path;\n  return [«readFileSync(readFile)»];`,
      error: blocksFile("readFile"),
      valid: `return [await readFile(path)];`,
    },
    {
      name: "an imported counterpart that is hidden there, without a fix",
      head: `import { readFileSync } from "node:fs";\nimport { readFile as read } from "node:fs/promises";\nexport { read };\n`,
      body: `const read = path;\n  return «readFileSync(read)»;`,
      error: blocksFile("readFile"),
      valid: `const read = path;\n  return readFile(read);`,
    },
    {
      name: "a name that is global elsewhere in the file, without a fix",
      head: `import { readFileSync } from "node:fs";\nexport const other = () => readFile();\n`,
      body: `return «readFileSync(path)»;`,
      error: blocksFile("readFile"),
      valid: `return () => readFile(path);`,
    },
  ]);
});

describe("the promise counterpart is a suggestion where the wait could change what is evaluated before", () => {
  testBodies([
    {
      name: "an operand behind another",
      body: `return path + «readFileSync(path)»;`,
      error: blocksFile("readFile"),
      code: "readFile",
      repaired: `return path + await readFile(path);`,
    },
    {
      name: "an assignment",
      body: `let text;\n  text = «readFileSync(path)»;\n  return text;`,
      error: blocksFile("readFile"),
      code: "readFile",
      repaired: `let text;\n  text = await readFile(path);\n  return text;`,
    },
    {
      name: "a second argument",
      body: `return [path].concat(path, «readFileSync(path, "utf8")»);`,
      error: blocksFile("readFile"),
      code: "readFile",
      repaired: `return [path].concat(path, await readFile(path, "utf8"));`,
    },
    {
      name: "an argument of a method, which may have become another one meanwhile",
      body: `const lines: unknown[] = [];\n  lines.push(«readFileSync(path)»);`,
      error: blocksFile("readFile"),
      code: "readFile",
      repaired: `const lines: unknown[] = [];\n  lines.push(await readFile(path));`,
    },
    {
      name: "an argument of a variable, which may hold another function meanwhile",
      body: `let parse = String;\n  return parse(«readFileSync(path)»);`,
      error: blocksFile("readFile"),
      code: "readFile",
      repaired: `let parse = String;\n  return parse(await readFile(path));`,
    },
    {
      name: "the value of a variable's power, with parentheses",
      body: `return «readFileSync(path)» ** 2;`,
      error: blocksFile("readFile"),
      code: "readFile",
      repaired: `return (await readFile(path)) ** 2;`,
    },
    {
      name: "an async callback, of which several may run at once",
      body: `await Promise.all([path].map(async (each) => {\n    const text = «readFileSync(each)»;\n    return text;\n  }));`,
      error: blocksFile("readFile"),
      code: "readFile",
      repaired: `await Promise.all([path].map(async (each) => {\n    const text = await readFile(each);\n    return text;\n  }));`,
    },
    {
      name: "realpathSync, whose counterpart asks the system instead",
      head: `import { realpathSync } from "node:fs";\n`,
      body: `return «realpathSync(path)»;`,
      error: blocksFile("realpath"),
      code: "realpath",
      repairedHead: `import { realpath } from "node:fs/promises";\n`,
      repaired: `return await realpath(path);`,
    },
    {
      name: "compression, made a promise by promisify",
      head: `import { gzipSync } from "node:zlib";\n`,
      body: `return «gzipSync(path)»;`,
      error: blocks("zlib.gzipSync", promisified("gzip", "zlib")),
      code: "promisify(gzip)",
      repairedHead: `import { gzip } from "node:zlib";\nimport { promisify } from "node:util";\n`,
      repaired: `return await promisify(gzip)(path);`,
    },
    {
      name: "cryptography of the default import, by the promisify that is there",
      head: `import crypto from "node:crypto";\nimport { promisify } from "node:util";\nexport { promisify };\n`,
      body: `return «crypto.scryptSync(path, "salt", 32)»;`,
      error: blocks("crypto.scryptSync", promisified("scrypt", "crypto")),
      code: "promisify(crypto.scrypt)",
      repairedHead: `import crypto from "node:crypto";\nimport { promisify } from "node:util";\nexport { promisify };\n`,
      repaired: `return await promisify(crypto.scrypt)(path, "salt", 32);`,
    },
    {
      name: "what a child process prints",
      head: `import { execFileSync, spawn } from "node:child_process";\nexport { spawn };\n`,
      body: `return «execFileSync("ls", [path], { cwd: path })».toString();`,
      error: blocks("child_process.execFileSync", promisified("execFile", "child_process")),
      code: "promisify(execFile)",
      repairedHead: `import { spawn, execFile } from "node:child_process";\nimport { promisify } from "node:util";\nexport { spawn };\n`,
      repaired: `return (await promisify(execFile)("ls", [path], { cwd: path })).stdout.toString();`,
    },
    {
      name: "a child process that is only run",
      head: `import { execSync } from "node:child_process";\n`,
      body: `«execSync("ls")»;`,
      error: blocks("child_process.execSync", promisified("exec", "child_process")),
      code: "promisify(exec)",
      repairedHead: `import { exec } from "node:child_process";\nimport { promisify } from "node:util";\n`,
      repaired: `await promisify(exec)("ls");`,
    },
  ]);
});

describe("nothing is offered where the counterpart would mean something else", () => {
  testBodies([
    {
      name: "a file descriptor",
      body: `return «readFileSync(0, path as "utf8")»;`,
      error: blocksFile("readFile"),
      valid: `return readFile(path, "utf8");`,
    },
    {
      name: "what may be a file descriptor",
      body: `return [«readFileSync(JSON.parse(path))»];`,
      error: blocksFile("readFile"),
      valid: `return [await readFile(path)];`,
    },
    {
      name: "an answer of undefined instead of an error",
      head: `import { statSync } from "node:fs";\n`,
      body: `return «statSync(path, { throwIfNoEntry: false })»;`,
      error: blocksFile("stat"),
      valid: `return stat(path);`,
    },
    {
      name: "options that may ask for undefined instead of an error",
      head: `import { lstatSync, type StatSyncOptions } from "node:fs";\nconst options: StatSyncOptions = {};\n`,
      body: `return «lstatSync(path, options)»;`,
      error: blocksFile("lstat"),
      valid: `return lstat(path, {});`,
    },
    {
      name: "existsSync, which has no counterpart",
      head: `import { existsSync } from "node:fs";\n`,
      body: `return «existsSync(path)»;`,
      error: blocks("fs.existsSync", promised("access")),
      valid: `return access(path);`,
    },
    {
      name: "realpathSync.native",
      head: `import { realpathSync } from "node:fs";\n`,
      body: `return «realpathSync.native(path)»;`,
      error: blocks("realpathSync.native", promised("native")),
      valid: `return realpath(path);`,
    },
    {
      name: "a child process with streams of its own",
      head: `import { execFileSync } from "node:child_process";\n`,
      body: `«execFileSync("ls", [path], { stdio: "inherit" })»;`,
      error: blocks("child_process.execFileSync", promisified("execFile", "child_process")),
      valid: `await run("ls");`,
    },
    {
      name: "spawnSync",
      head: `import { spawnSync } from "node:child_process";\n`,
      body: `«spawnSync("ls")»;`,
      error: blocks("child_process.spawnSync", "the end of `spawn` from `node:child_process`"),
      valid: `spawn("ls");`,
    },
    {
      name: "arguments that are spread",
      body: `const paths: [string] = [path];\n  return «readFileSync(...paths)»;`,
      error: blocksFile("readFile"),
      valid: `const paths: [string] = [path];\n  return readFile(...paths);`,
    },
    {
      name: "an optional call",
      body: `return «readFileSync?.(path)»;`,
      error: blocksFile("readFile"),
      valid: `return readFile?.(path);`,
    },
    {
      name: "a comment in what is called",
      head: `import fs from "node:fs";\n`,
      body: `return «fs /* whole */.readFileSync(path)»;`,
      error: blocksFile("readFile"),
      valid: `return fs /* whole */.readFile(path);`,
    },
    {
      name: "an element access",
      head: `import fs from "node:fs";\n`,
      body: `return «fs["readFileSync"](path)»;`,
      error: blocksFile("readFile"),
      valid: `return fs["readFile"](path);`,
    },
    {
      name: "a constant that holds the function",
      head: `import fs from "node:fs";\nconst slurp = fs.readFileSync;\n`,
      body: `return «slurp(path)»;`,
      error: blocksFile("readFile"),
      valid: `const slurp = readFile;\n  return slurp(path);`,
    },
    {
      name: "another module that gives the functions on",
      head: `import { readFileSync } from "fs-extra";\n`,
      body: `return [«readFileSync(path)»];`,
      error: blocks("fs-extra.readFileSync", "the asynchronous counterpart from `fs-extra`"),
      valid: `return readJson(path);`,
    },
    {
      name: "a call at the start of a line that would go on with the one before",
      body: `const one = path\n  «readFileSync(one)».toString()`,
      error: blocksFile("readFile"),
      valid: `const one = path\n  return readFile(one)`,
    },
    {
      name: "a synchronous callback in an async function",
      body: `return [path].map((each) => «readFileSync(each)»);`,
      error: blocksFile("readFile"),
      valid: `return [path].map((each) => readFile(each));`,
    },
    {
      name: "the default of an async function's parameter",
      body: `return async (text = «readFileSync(path)») => text;`,
      error: blocksFile("readFile"),
      valid: `return async (text = readFile(path)) => text;`,
    },
  ]);

  testRule("no-sync-io", [
    {
      name: "a call at the top level, in a synchronous function and in a generator",
      invalid: `${named}«readFileSync("a")»;\nexport const load = () => «readFileSync("a")»;\nexport async function* all() {\n  yield «readFileSync("a")»;\n}\n`,
      errors: [blocksFile("readFile"), blocksFile("readFile"), blocksFile("readFile")],
      valid: `${namedPromise}export async function* all() {\n  yield await readFile("a");\n}\n`,
    },
    {
      name: "CommonJS",
      file: "modules/billing/linted.cts",
      invalid: `import fs = require("node:fs");\nconst { statSync } = require("node:fs");\nasync function run() {\n  return [«fs.readFileSync("a")», «statSync("a")»];\n}\nexport = run;\n`,
      errors: [blocksFile("readFile"), blocksFile("stat")],
      valid: `import fs = require("node:fs");\nasync function run() {\n  return fs.promises.readFile("a");\n}\nexport = run;\n`,
    },
  ]);
});

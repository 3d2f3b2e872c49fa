import { describe } from "vitest";
import { type Pair, testRule } from "../rule-tester.js";

const handler = (signals = "SIGTERM") => ({ messageId: "handler", data: { signals } });
const exit = (code: string) => ({ messageId: "exit", data: { code } });

function testCode(pairs: readonly Pair[]): void {
  testRule(
    "no-process-signal-handler",
    pairs.map((pair) => ({
      ...pair,
      invalid: `${pair.invalid}\nexport const isLinted = true;`,
      valid: `${pair.valid}\nexport const isLinted = true;`,
    })),
  );
}

describe("a handler", () => {
  testCode([
    {
      name: "one of a signal, but not of another event",
      invalid: `«process.on("SIGTERM", () => {})»;`,
      errors: [handler()],
      valid: `process.on("exit", () => {}); process.on("uncaughtException", () => {});`,
    },
    {
      name: "all the ways to add one, but not to remove one",
      invalid: ["once", "addListener", "prependListener", "prependOnceListener"]
        .map((name) => `«process.${name}("SIGTERM", () => {})»;`)
        .join(" "),
      errors: [handler(), handler(), handler(), handler()],
      valid: `const stop = () => {}; process.off("SIGTERM", stop); process.removeListener("SIGTERM", stop); process.listeners("SIGTERM"); process.emit("SIGTERM");`,
    },
    {
      name: "signals that ask the process to end, but not others",
      invalid: `export const start = () => { «process.on("SIGINT", () => {})»; «process.on("SIGHUP", () => {})»; «process.on("SIGQUIT", () => {})»; «process.on("SIGBREAK", () => {})»; };`,
      errors: [handler("SIGINT"), handler("SIGHUP"), handler("SIGQUIT"), handler("SIGBREAK")],
      valid: `process.on("SIGWINCH", () => {}); process.on("SIGUSR2", () => {}); process.on("SIGPIPE", () => {});`,
    },
    {
      name: "one whose signal is in a variable",
      invalid: `for (const signal of ["SIGINT", "SIGTERM"] as const) «process.on(signal, () => {})»; const one = "SIGTERM"; «process.on(one, () => {})»;`,
      errors: [handler("SIGINT and SIGTERM"), handler()],
      valid: `declare const name: string; process.on(name, () => {}); for (const event of ["exit", "warning"] as const) process.on(event, () => {});`,
    },
    {
      name: "process by other names",
      invalid: `import proc from "node:process"; const own = process; «proc.on("SIGTERM", () => {})»; «own["on"]("SIGTERM", () => {})»; «globalThis.process.on("SIGTERM", () => {})»; «process?.on?.("SIGTERM", () => {})»; «process!.on("SIGTERM", () => {})»;`,
      errors: Array.from({ length: 5 }, () => handler()),
      valid: `import { EventEmitter } from "node:events"; const process = new EventEmitter(); process.on("SIGTERM", () => {});`,
    },
    {
      name: "the handler alone when it exits",
      invalid: `«process.on("SIGTERM", () => process.exit(0))»; «process.once("SIGINT", process.exit)»;`,
      errors: [handler(), handler("SIGINT")],
      valid: `process.on("SIGWINCH", () => {});`,
    },
    {
      name: "an exit before the handler and one behind it",
      invalid: `export const end = () => { «process.exit(1)»; «process.on("SIGTERM", () => {})»; «process.exit(2)»; };`,
      errors: [exit("process.exit(1)"), handler(), exit("process.exit(2)")],
      valid: `export const end = () => { process.on("exit", () => {}); };`,
    },
    {
      name: "one of Node's process, but not of another emitter of Node, or a process of another namespace",
      invalid: `export const start = (own: NodeJS.Process) => «own.on("SIGTERM", () => {})»;`,
      errors: [handler()],
      valid: `namespace NodeJS { export interface Process { on(name: string, listen: () => void): void } } declare global { interface Process { on(name: string, listen: () => void): void } } export function start(emitter: globalThis.NodeJS.EventEmitter, one: NodeJS.Process, two: globalThis.Process) { emitter.on("SIGTERM", () => {}); one.on("SIGTERM", () => {}); two.on("SIGTERM", () => {}); }`,
    },
    {
      name: "one that is complete",
      invalid: `«process.on("SIGTERM")»;`,
      errors: [handler()],
      valid: "process.on(); process.on`SIGTERM`;",
    },
    {
      name: "one in a method, but not one of a process of another kind",
      invalid: `export class Own { start() { «process.on("SIGTERM", this.stop)»; } stop = () => {}; }`,
      errors: [handler()],
      valid: `interface Process { on(event: "SIGTERM", listener: () => void): void } export const start = (process: Process) => process.on("SIGTERM", () => {});`,
    },
    {
      name: "one, unless the file runs as a program",
      invalid: `if (process.stdout.isTTY) «process.on("SIGTERM", () => {})»;`,
      errors: [handler()],
      valid: `if (import.meta.main) { process.on("SIGTERM", () => {}); process.exit(); } if (require.main === module) process.exit();`,
    },
  ]);
});

describe("an exit", () => {
  testCode([
    {
      name: "process.exit, but not an exit code",
      invalid: `export const end = () => «process.exit(1)»;`,
      errors: [exit("process.exit(1)")],
      valid: `export const end = () => { process.exitCode = 1; };`,
    },
    {
      name: "process.abort",
      invalid: `export const end = () => «process.abort()»;`,
      errors: [exit("process.abort()")],
      valid: `export const end = () => process.cwd();`,
    },
    {
      name: "exit by other names",
      invalid: `import { exit, exit as leave } from "node:process"; const { exit: quit } = process; const again = quit; «exit(1)»; «leave(1)»; «quit(1)»; «again(1)»; «process["exit"](1)»; «process.exit.call(process, 1)»; «globalThis.process?.exit(1)»;`,
      errors: [
        ...["exit(1)", "leave(1)", "quit(1)", "again(1)", `process["exit"](1)`, "process.exit.call(process, 1)"],
        "globalThis.process?.exit(1)",
      ].map(exit),
      valid: `const exit = (code: number) => code; exit(1); ({ exit }).exit(process.pid);`,
    },
    {
      name: "exit as an argument, but not its name",
      invalid: `Promise.resolve(1).then(«process.exit»);`,
      errors: [exit("process.exit")],
      valid: `declare const vi: { spyOn(target: object, name: string): void }; vi.spyOn(process, "exit"); export type Exit = typeof process.exit;`,
    },
    {
      name: "an exit of the process, but not a global function of such a name",
      invalid: `export const end = () => «process.exit(3)»;`,
      errors: [exit("process.exit(3)")],
      valid: `declare global { function exit(code: number): void } export const end = () => exit(1);`,
    },
    {
      name: "an exit of Node's process, but not of a user's own",
      invalid: `export function end(own: NodeJS.Process) { «own.exit(1)»; }`,
      errors: [exit("own.exit(1)")],
      valid: `class Process { exit(code: number) { return code; } } export const end = (process: Process) => process.exit(1);`,
    },
  ]);
});

describe("the entry point", () => {
  testRule("no-process-signal-handler", [
    {
      name: "a file with exports, but not one without",
      invalid: `«process.exit(1)»; export {};`,
      errors: [exit("process.exit(1)")],
      valid: `import { readFile } from "node:fs/promises"; await readFile("a"); process.on("SIGTERM", () => process.exit(1));`,
    },
    {
      name: "a file that imports runApplication, but not one that calls it at its top level",
      invalid: `import { runApplication } from "@phasewise/runtime"; export const run = runApplication; export const end = () => «process.exit(1)»;`,
      errors: [exit("process.exit(1)")],
      valid: `import { createApplication, runApplication as run } from "@phasewise/runtime"; export const app = createApplication({ modules: [] }); await run(app); process.exit(1);`,
    },
    {
      name: "a file that calls another function of the runtime",
      invalid: `import { createApplication } from "@phasewise/runtime"; export const app = createApplication({ modules: [] }); export const end = () => «process.exit(1)»;`,
      errors: [exit("process.exit(1)")],
      valid: `import { createApplication, runApplication } from "@phasewise/runtime"; export const done = runApplication(createApplication({ modules: [] })); export const end = () => process.exit(1);`,
    },
    {
      name: "a file that declares a function of that name",
      invalid: `function runApplication() {} runApplication(); «process.exit(1)»; export {};`,
      errors: [exit("process.exit(1)")],
      valid: `#!/usr/bin/env node\nfunction runApplication() {} runApplication(); process.exit(1); export {};`,
    },
    {
      name: "a file that calls a function of that name",
      invalid: `const runApplication = () => {}; runApplication(); «process.exit(1)»; export {};`,
      errors: [exit("process.exit(1)")],
      valid: `#!/usr/bin/env node\nprocess.exit(1); export {};`,
    },
    {
      name: "a CommonJS file with exports",
      file: "files/linted.cjs",
      invalid: `«process.exit(1)»; module.exports = { a: 1 };`,
      errors: [exit("process.exit(1)")],
      valid: `const module = require("node:path"); process.exit(1);`,
    },
  ]);
});

describe("code that nothing describes Node to", () => {
  testRule("no-process-signal-handler", [
    {
      name: "a handler and an exit of the global process, but not of any other",
      file: "../without-node-types/modules/linted.ts",
      invalid: `«process.on("SIGTERM", () => {})»; export const end = () => «process.exit(1)»;`,
      errors: [handler(), exit("process.exit(1)")],
      valid: `export function end(process: any, own: any) { process.on("SIGTERM", () => {}); process.exit(1); own.exit(1); }`,
    },
    {
      name: "those of the module",
      file: "../without-node-types/modules/linted.ts",
      invalid: `import { exit } from "node:process"; import proc from "process"; «proc.once("SIGTERM", () => {})»; export const end = () => { «exit(1)»; «proc.exit(1)»; };`,
      errors: [handler(), exit("exit(1)"), exit("proc.exit(1)")],
      valid: `import { exit } from "./process.js"; import proc from "other"; proc.once("SIGTERM", () => {}); export const end = () => { exit(1); proc.exit(1); };`,
    },
    {
      name: "an exit, but no other call of it, and none of that name",
      file: "../without-node-types/modules/linted.ts",
      invalid: `import { cwd } from "node:process"; export const end = () => { cwd(); «process.abort()»; };`,
      errors: [exit("process.abort()")],
      valid: `import { cwd, stdout } from "node:process"; declare const exit: any; stdout.on("SIGTERM", () => {}); undeclared.on("SIGTERM", () => {}); export const end = () => { cwd(); process.cwd(); exit(1); undeclared.exit(1); };`,
    },
  ]);
});

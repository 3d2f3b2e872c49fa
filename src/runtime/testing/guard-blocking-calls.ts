import { watchBlockingFunctions } from "./blocking-functions.js";
import { watchBusyStretches } from "./busy-watch.js";
import { type CallSite, captureStack, findModuleOfFile, formatCallSite, isOwnCode } from "./call-site.js";
import { blockedEventLoop } from "./errors.js";
import { findCurrentModule } from "./module-zone.js";

/** What `guardBlockingCalls` takes. */
export interface BlockingCallGuardOptions {
  /** How long synchronous work may hold the event loop, in milliseconds of real time; 200 by default, `Infinity` for ever. */
  readonly busyLimitMs?: number;
}

/** A blocking call, or a busy stretch, of a module. */
export interface BlockingCall {
  /** The function that was called, such as `fs.readFileSync`, or the busy stretch that there was. */
  readonly call: string;
  /** `undefined` for a busy stretch that was noticed too late to tell. */
  readonly moduleId: string | undefined;
  /** Function, file and line: `loadRates (modules/billing/rates.ts:14:11)`; `undefined` when it was noticed too late. */
  readonly place: string | undefined;
}

type Culprit = Omit<BlockingCall, "call">;

/** Watches until it is stopped or disposed. */
export interface BlockingCallGuard extends Disposable {
  /** What was found so far, each place once. */
  readonly calls: readonly BlockingCall[];

  /**
   * Ends the watch. Doing it again does nothing.
   *
   * @throws AssertionError that lists every blocking call with its line and module, if there was one.
   */
  stop(): void;
}

/**
 * From now until the end of the scope, lets the test fail when a module makes a blocking call: any `*Sync` function of
 * `node:fs`, `node:child_process`, `node:crypto` and `node:zlib`, `Atomics.wait`, and a busy stretch above the limit.
 * Begin it after the boot. The calls are made all the same. Those of the test, its framework, Node and the loading of
 * code do not count.
 *
 * @example
 * ```ts
 * import { defineModule } from "@phasewise/runtime";
 * import { guardBlockingCalls, testApplication } from "@phasewise/runtime/testing";
 *
 * await using app = await testApplication({ modules: [defineModule({ id: "billing", version: "1.0.0" })] });
 * using _guard = guardBlockingCalls({ busyLimitMs: 100 });
 * console.log(app.report.status);
 * ```
 */
export function guardBlockingCalls({ busyLimitMs = 200 }: BlockingCallGuardOptions = {}): BlockingCallGuard {
  const calls: BlockingCall[] = [];
  const add = (call: string, culprit: Culprit | undefined) => {
    if (culprit && !calls.some((known) => known.call === call && known.place === culprit.place)) {
      calls.push({ call, ...culprit });
    }
  };
  const busy = `a busy stretch of more than ${busyLimitMs} ms`;

  const restorations = [
    watchBlockingFunctions((call, callee) => {
      const stack = captureStack(callee);
      if (!isMadeByNode(stack)) add(call, findCulprit(stack));
    }),
    watchBusyStretches(busyLimitMs, (reporter) => {
      const culprit = reporter ? findCulprit(captureStack(reporter)) : { moduleId: undefined, place: undefined };
      add(busy, culprit);
      return culprit !== undefined;
    }),
  ];
  const stop = () => {
    if (restorations.length === 0) return;
    for (const restore of restorations.splice(0)) restore();
    if (calls.length > 0) throw blockedEventLoop(calls, stop);
  };
  return { calls, stop, [Symbol.dispose]: stop };
}

/** Timers, queues of promises and emitters call what others gave them; all other code of Node acts for itself. */
const nodeItself = /^node:(?!events$|internal\/(?:timers|process\/))/;
const loader = /^node:internal\/modules\//;
const framework = /[\\/]node_modules[\\/](?:@?vitest|vite|vite-node|@?jest[^\\/]*|tsx|ts-node|jiti)[\\/]/;
const testFile = /\.(?:test|spec)\.\w+$|[\\/]__tests__[\\/]/;

function isMadeByNode([caller]: readonly CallSite[]): boolean {
  return caller !== undefined && nodeItself.test(caller.file);
}

/** Who is behind this stack: a module, at some place. Nobody when the work is not that of a module. */
function findCulprit(stack: readonly CallSite[]): Culprit | undefined {
  const own = stack.findIndex(isOwnCode);
  const before = own < 0 ? stack : stack.slice(0, own);
  if (before.some(({ file }) => loader.test(file) || framework.test(file))) return undefined;

  const site = stack[own] ?? stack[0];
  const isOfTest = site === undefined || testFile.test(site.file);
  const moduleId = (isOfTest ? undefined : findModuleOfFile(site.file)) ?? findCurrentModule();
  return moduleId === undefined ? undefined : { moduleId, place: site && formatCallSite(site) };
}

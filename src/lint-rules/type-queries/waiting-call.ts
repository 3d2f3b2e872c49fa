import { rememberById } from "../type-checker/remember.js";
import type { CheckerSymbol } from "../type-checker/types.js";
import { type DeclaredName, getDeclaredName, getLabel } from "./declared-name.js";

/** A function whose end depends on somebody outside of the process. */
export interface WaitingCall {
  /** As a reader would write it: `http.get`. */
  readonly label: string;
  /**
   * What can limit the wait: options of the call; also the request or process that it gives; also options of the client
   * that it is a method of; or options of a process, which is a wait only where its exit is awaited.
   */
  readonly limitedBy: "call" | "handle" | "client" | "process";
  readonly advice: string;
}

/** The network, database or child process that a symbol waits for; `undefined` for every other symbol. */
export const findWaitingCall = rememberById((symbol: CheckerSymbol, project): WaitingCall | undefined => {
  if (!symbol.declarations.some(({ path }) => /\.d\.[cm]?ts$/.test(path))) return undefined;
  const declared = getDeclaredName(symbol, project);
  const [module = ""] = declared.module.split("/");
  const findLimit = Object.hasOwn(waits, module) ? waits[module] : undefined;
  const limitedBy = findLimit?.(declared);
  return limitedBy && { label: getWaitLabel(declared), limitedBy, advice: getAdvice(declared, limitedBy) };
});

type FindLimit = (declared: DeclaredName) => WaitingCall["limitedBy"] | undefined;

const isFunction =
  (pattern: RegExp, limitedBy: WaitingCall["limitedBy"] = "call"): FindLimit =>
  ({ container, name }) =>
    container === undefined && pattern.test(name) ? limitedBy : undefined;
const isMethod =
  (pattern: RegExp, limitedBy: WaitingCall["limitedBy"]): FindLimit =>
  ({ container, name }) =>
    container !== undefined && pattern.test(name) ? limitedBy : undefined;

/** By Node's module or package; `""` is the global scope. */
const waits: Readonly<Record<string, FindLimit>> = {
  "": isFunction(/^fetch$/),
  axios: isMethod(/^(?:request|get|delete|head|options|(?:post|put|patch)(?:Form)?)$/, "client"),
  child_process: findProcessLimit,
  http: isFunction(/^(?:get|request)$/, "handle"),
  https: isFunction(/^(?:get|request)$/, "handle"),
  ioredis: isMethod(
    /^(?:[hl]?(?:get|set|del|exists|incr|decr|len)(?:by|all|ex|nx)?|call|connect|eval|publish)$/,
    "client",
  ),
  mysql2: isMethod(/^(?:execute|query)$/, "call"),
  "node-fetch": isFunction(/^(?:default|fetch)$/),
  pg: isMethod(/^(?:connect|query)$/, "client"),
  undici: (declared) =>
    isFunction(/^(?:fetch|request|stream)$/)(declared) ?? isMethod(/^(?:request|stream)$/, "client")(declared),
  "undici-types": isFunction(/^fetch$/),
};

/** `promisify(execFile)` has the type of `execFile.__promisify__`. */
function findProcessLimit(declared: DeclaredName): WaitingCall["limitedBy"] | undefined {
  if (declared.name === "__promisify__")
    return /^(?:exec|execFile)$/.test(declared.container ?? "") ? "call" : undefined;
  if (declared.container !== undefined) return undefined;
  if (/^(?:exec|execFile)$/.test(declared.name)) return "handle";
  return /^(?:fork|spawn)$/.test(declared.name) ? "process" : undefined;
}

function getWaitLabel(declared: DeclaredName): string {
  if (declared.name !== "__promisify__") return declared.module === "undici-types" ? declared.name : getLabel(declared);
  return getLabel({ module: declared.module, container: undefined, name: declared.container ?? "" });
}

function getAdvice({ module }: DeclaredName, limitedBy: WaitingCall["limitedBy"]): string {
  if (module === "pg") return "Give its client a `query_timeout`";
  if (module === "ioredis") return "Give its client a `commandTimeout`";
  if (module.startsWith("mysql2")) return "Call it with `{ sql, timeout }`";
  if (module === "child_process" || /^https?$/.test(module) || limitedBy === "client")
    return "Give it a `signal` or a timeout";
  return "Give it a `signal`, such as `AbortSignal.timeout(ms)`";
}

import { rememberById } from "../type-checker/remember.js";
import type { CheckerSymbol } from "../type-checker/types.js";
import { type DeclaredName, getDeclaredName, getLabel } from "./declared-name.js";

/**
 * A function that reaches outside of the process, by declaration: files, network, child processes, databases. Clients
 * that merely get created (`new Pool()`, `createServer()`) do not reach out yet.
 */
export const findOutsideCall = rememberById((symbol: CheckerSymbol, project): string | undefined => {
  const declared = getDeclaredName(symbol, project);
  const reachesOut = Object.hasOwn(outsideModules, declared.module) ? outsideModules[declared.module] : undefined;
  const isPackage = databaseAndNetworkPackages.some((name) => isPackageOf(declared.module, name));
  return reachesOut?.(declared) || (isPackage && isRequest(declared)) ? getLabel(declared) : undefined;
});

const isNamed =
  (pattern: RegExp) =>
  ({ name }: DeclaredName): boolean =>
    pattern.test(name);

/** By Node's module; `""` is the global scope. */
const outsideModules: Readonly<Record<string, (declared: DeclaredName) => boolean>> = {
  "": isNamed(/^(?:fetch|WebSocket|EventSource)$/),
  child_process: isNamed(/^(?:exec|execFile|fork|spawn)(?:Sync)?$/),
  dgram: isNamed(/^(?:bind|connect|send)$/),
  dns: isNamed(/^(?:lookup|resolve|reverse)/),
  "dns/promises": isNamed(/^(?:lookup|resolve|reverse)/),
  fs: isFileCall,
  "fs/promises": isFileCall,
  http: isNamed(/^(?:get|request|listen)$/),
  http2: isNamed(/^(?:connect|request|listen)$/),
  https: isNamed(/^(?:get|request|listen)$/),
  net: isNamed(/^(?:connect|createConnection|listen)$/),
  sqlite: isNamed(/^(?:DatabaseSync|all|exec|get|open|run)$/),
  tls: isNamed(/^(?:connect|listen)$/),
};

const databaseAndNetworkPackages = [
  "@aws-sdk",
  "@nats-io",
  "@prisma/client",
  ".prisma",
  "amqplib",
  "axios",
  "better-sqlite3",
  "got",
  "ioredis",
  "kafkajs",
  "knex",
  "ky",
  "mongodb",
  "mongoose",
  "mysql2",
  "nats",
  "node-fetch",
  "pg",
  "redis",
  "undici",
] as const;

function isPackageOf(module: string, name: string): boolean {
  return module === name || module.startsWith(`${name}/`);
}

/** `Stats.isFile` and its like tell of a file that was asked about already. */
function isFileCall({ container }: DeclaredName): boolean {
  return container === undefined || container === "FileHandle" || container === "Dir";
}

function isRequest({ container, name }: DeclaredName): boolean {
  if (/^(?:create|on|once|off|add|remove|is|set[A-Z])/.test(name)) return false;
  return container !== undefined || /^(?:connect|fetch|got|ky|request|stream)$/.test(name);
}

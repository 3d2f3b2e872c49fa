import { parseArgs } from "node:util";
import { Result } from "@phasewise/runtime";

/** What a process does: take orders over HTTP, ship them, or both. */
export type Role = "front" | "shipping" | "all";

/** What the command says. */
export interface Arguments {
  /** Are PostgreSQL, NATS and Redis used, in place of what runs in this process? */
  readonly hasServers: boolean;
  readonly role: Role;
  /** Does it show what it can do, and stop? */
  readonly isDemo: boolean;
}

const roles = ["front", "shipping", "all"] as const satisfies readonly Role[];

/** @returns `USAGE` with what can be given, when something else is. */
export async function readArguments(args: readonly string[]): Promise<Result<Arguments, "USAGE">> {
  const read = await Result.attempt("USAGE", () => parse(args));
  if (!read.success) return read;

  const { servers, demo } = read.data.values;
  const role = roles.find((known) => known === read.data.values.role);
  if (!role) return Result.error("USAGE", `There is no such role: give --role ${roles.join(", or --role ")}.`);
  if (role !== "all" && !servers) return Result.error("USAGE", `A process that is ${role} alone needs --servers.`);
  if (role === "shipping" && demo)
    return Result.error("USAGE", "--demo orders over HTTP, which --role shipping has not.");
  return Result.success({ hasServers: servers, role, isDemo: demo });
}

function parse(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    options: {
      servers: { type: "boolean", default: false },
      role: { type: "string", default: "all" },
      demo: { type: "boolean", default: false },
    },
  });
}

import type { JSONSchema } from "@typescript-eslint/utils";
import type { Project, Type } from "../type-checker/types.js";
import { isAlwaysAwaitable, isSometimesAwaitable } from "./awaitable.js";
import { isUnionWithPromise } from "./union-with-promise.js";

/** What misuse of promises is looked for. The format of typescript-eslint, which has no `checksTemplates`. */
export interface MisuseOptions {
  readonly checksConditionals?: boolean | { readonly flagUnions?: "all" | "none" | "strict" };
  readonly checksSpreads?: boolean;
  readonly checksTemplates?: boolean;
  readonly checksVoidReturn?: boolean | Readonly<Partial<Record<Drop, boolean>>>;
}

/** Where a function may be put whose caller drops what it gives. */
type Drop = "arguments" | "attributes" | "inheritedMethods" | "properties" | "returns" | "variables";

const toggle: JSONSchema.JSONSchema4 = { type: "boolean" };

/** The JSON schema of the options. */
export const misuseOptionsSchema: JSONSchema.JSONSchema4 = toSchema({
  checksConditionals: {
    oneOf: [toggle, toSchema({ flagUnions: { type: "string", enum: ["all", "none", "strict"] } })],
  },
  checksSpreads: toggle,
  checksTemplates: toggle,
  checksVoidReturn: {
    oneOf: [
      toggle,
      toSchema({
        arguments: toggle,
        attributes: toggle,
        inheritedMethods: toggle,
        properties: toggle,
        returns: toggle,
        variables: toggle,
      }),
    ],
  },
});

function toSchema(properties: Record<string, JSONSchema.JSONSchema4>): JSONSchema.JSONSchema4 {
  return { type: "object", additionalProperties: false, properties };
}

/** What the options ask for: all that they do not rule out. */
export interface MisuseChecks {
  readonly checksConditionals: boolean;
  readonly checksSpreads: boolean;
  readonly checksTemplates: boolean;
  /** Is it looked at who drops what a function gives that is put there? */
  readonly isDropChecked: (place: Drop) => boolean;
  /** Does a condition of this type misuse a promise? */
  readonly isMisusedCondition: (type: Type, project: Project) => boolean;
}

export function getMisuseChecks({
  checksConditionals = true,
  checksSpreads = true,
  checksTemplates = true,
  checksVoidReturn = true,
}: MisuseOptions = {}): MisuseChecks {
  return {
    checksConditionals: checksConditionals !== false,
    checksSpreads,
    checksTemplates,
    isDropChecked: (place) =>
      typeof checksVoidReturn === "boolean" ? checksVoidReturn : (checksVoidReturn[place] ?? true),
    isMisusedCondition: getConditionCheck(checksConditionals),
  };
}

function getConditionCheck(checks: MisuseOptions["checksConditionals"]): MisuseChecks["isMisusedCondition"] {
  const unions = typeof checks === "object" ? checks.flagUnions : "none";
  if (unions === "all") return isSometimesAwaitable;
  if (unions !== "strict") return isAlwaysAwaitable;
  return (type, project) => isAlwaysAwaitable(type, project) || isUnionWithPromise(type, project);
}

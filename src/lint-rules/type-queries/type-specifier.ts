import type { JSONSchema } from "@typescript-eslint/utils";
import { getMembers } from "../type-checker/ask-types.js";
import type { CheckerSymbol, Project, Type } from "../type-checker/types.js";
import { getDeclaredName, isInDefaultLibrary } from "./declared-name.js";
import { isOfEachMember } from "./promise.js";

/** Names types in an option: by name alone, or also by where they are declared. The format of typescript-eslint. */
export type TypeSpecifier =
  | string
  | { readonly from: "file"; readonly name: string | readonly string[]; readonly path?: string }
  | { readonly from: "lib"; readonly name: string | readonly string[] }
  | { readonly from: "package"; readonly name: string | readonly string[]; readonly package: string };

const nameSchema: JSONSchema.JSONSchema4 = {
  oneOf: [{ type: "string" }, { type: "array", minItems: 1, uniqueItems: true, items: { type: "string" } }],
};

/** The JSON schema of a list of specifiers. */
export const typeSpecifiersSchema: JSONSchema.JSONSchema4 = {
  type: "array",
  items: {
    oneOf: [
      { type: "string" },
      createSourceSchema("file", ["name"], { path: { type: "string" } }),
      createSourceSchema("lib", ["name"], {}),
      createSourceSchema("package", ["name", "package"], { package: { type: "string" } }),
    ],
  },
};

function createSourceSchema(
  from: string,
  required: string[],
  properties: Record<string, JSONSchema.JSONSchema4>,
): JSONSchema.JSONSchema4 {
  return {
    type: "object",
    additionalProperties: false,
    required: ["from", ...required],
    properties: { from: { type: "string", enum: [from] }, name: nameSchema, ...properties },
  };
}

/** Does one of the specifiers name the type, by its alias or its declaration? */
export function matchesSpecifier(type: Type, specifiers: readonly TypeSpecifier[], project: Project): boolean {
  return specifiers.some((specifier) => matches(type, specifier, project));
}

function matches(type: Type, specifier: TypeSpecifier, project: Project): boolean {
  if (matchesByName(type, specifier, project)) return true;
  if (type.isUnionType()) return isOfEachMember(type, (member) => matches(member, specifier, project));
  return type.isIntersectionType() && getMembers(type).some((member) => matches(member, specifier, project));
}

function matchesByName(type: Type, specifier: TypeSpecifier, project: Project): boolean {
  const symbol = type.getAliasSymbol() ?? type.getSymbol();
  return symbol !== undefined && isNamedBy(symbol, specifier, project);
}

/** Does the specifier name this very symbol? */
export function isNamedBy(symbol: CheckerSymbol, specifier: TypeSpecifier, project: Project): boolean {
  if (typeof specifier === "string") return symbol.name === specifier;
  if (![specifier.name].flat().includes(symbol.name)) return false;
  if (specifier.from === "lib") return isInDefaultLibrary(symbol, project);
  if (specifier.from === "package") return getDeclaredName(symbol, project).module === specifier.package;
  const { path } = specifier;
  return symbol.declarations.some(
    (declaration) => !declaration.path.includes("/node_modules/") && (!path || declaration.path.endsWith(`/${path}`)),
  );
}

import type { OutputUnit } from "@cfworker/json-schema";

/** As a rule's `meta.schema` has it. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** Says what is wrong with a value that a JSON schema describes, such as ``\`rules.no-sync-io.calls\` has to be an array``. */
export async function findProblem(value: unknown, key: string, schema: JsonSchema): Promise<string | undefined> {
  const { Validator } = await import("@cfworker/json-schema");
  const { errors } = new Validator(schema, "7").validate(value);
  // What only holds the value that is wrong comes before it, and what is wrong with each alternative after the choice.
  const error = errors.find(({ keyword }) => keyword !== "properties" && keyword !== "items");
  if (error === undefined) return undefined;
  const place = `\`${key}${toPath(error.instanceLocation)}\``;
  return `${place} ${describeError(error, errors, findSchema(schema, error.keywordLocation))}.`;
}

function describeError(error: OutputUnit, errors: readonly OutputUnit[], schema: JsonSchema): string {
  switch (error.keyword) {
    case "additionalProperties":
      return `has no ${nameUnknown(errors)}; it takes ${Object.keys(schema["properties"] ?? {}).join(", ")}`;
    case "type":
      return `has to be of the type ${[schema["type"]].flat().join(" or ")}`;
    case "enum":
      return `has to be ${(schema["enum"] as unknown[]).map((choice) => JSON.stringify(choice)).join(" or ")}`;
    case "oneOf":
      return `has to be ${(schema["description"] as string | undefined) ?? "one of the forms that the page of the rule names"}`;
    default:
      return `is not what it has to be: ${error.error.replace(/\.$/, "")}`;
  }
}

function nameUnknown(errors: readonly OutputUnit[]): string {
  const { instanceLocation = "" } = errors.find(({ keyword }) => keyword === "false") ?? {};
  return `\`${instanceLocation.split("/").at(-1)}\``;
}

/** `#/a/0` as `.a[0]`. */
function toPath(pointer: string): string {
  return pointer.slice(1).replaceAll(/\/([^/]+)/g, (_, key: string) => (/^\d+$/.test(key) ? `[${key}]` : `.${key}`));
}

/** The schema that the last part of a location is a keyword of. */
function findSchema(root: JsonSchema, pointer: string): JsonSchema {
  const names = pointer.split("/").slice(1, -1);
  return names.reduce<JsonSchema>((schema, name) => (schema[name] ?? {}) as JsonSchema, root);
}

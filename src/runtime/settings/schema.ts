/**
 * What validates settings: any [Standard Schema](https://standardschema.dev) of version 1, such as those of zod, valibot
 * and arktype. One written by hand needs no library:
 *
 * @example
 * ```ts
 * import type { StandardSchema } from "@phasewise/runtime";
 *
 * export const portSettings: StandardSchema<{ readonly port: number }> = {
 *   "~standard": {
 *     version: 1,
 *     vendor: "shop",
 *     validate(value) {
 *       const { port = 8080 } = value as { port?: unknown };
 *       if (typeof port === "number") return { value: { port } };
 *       return { issues: [{ message: "must be a number", path: ["port"] }] };
 *     },
 *   },
 * };
 * ```
 */
export interface StandardSchema<Output = unknown> {
  readonly "~standard": {
    readonly version: 1;
    /** The name of the library. */
    readonly vendor: string;
    /** Gives the settings, with defaults for what is missing, or every issue that it finds. */
    readonly validate: (value: unknown) => SchemaOutcome<Output> | Promise<SchemaOutcome<Output>>;
    /** Never read: it only carries the type. */
    readonly types?: { readonly output: Output } | undefined;
  };
}

/** What a schema makes of a value. */
export type SchemaOutcome<Output> =
  { readonly value: Output; readonly issues?: undefined } | { readonly issues: readonly SchemaIssue[] };

/** One thing that a schema does not accept. */
export interface SchemaIssue {
  readonly message: string;
  /** The keys that lead to the value; none for the whole. */
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

/** Is this value, of whatever origin, a Standard Schema of version 1? */
export function isStandardSchema(value: unknown): value is StandardSchema {
  if (value === null || (typeof value !== "object" && typeof value !== "function")) return false;
  const standard = (value as Partial<StandardSchema>)["~standard"];
  return standard?.version === 1 && typeof standard.validate === "function";
}

/** The keys that lead to what the issue is about. */
export function getIssuePath({ path = [] }: SchemaIssue): string[] {
  return path.map((segment) => String(typeof segment === "object" ? segment.key : segment));
}

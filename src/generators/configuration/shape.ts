import { didYouMean } from "../did-you-mean.js";
import { brokenConfiguration } from "./broken.js";

/** Checks of values in a configuration; each names the key that is wrong, and what it takes. */
export interface ShapeChecks {
  record(value: unknown, key: string, known?: readonly string[]): Record<string, unknown>;
  list(value: unknown, key: string, what: string): readonly unknown[];
  oneOf(value: unknown, key: string, choices: readonly string[]): string;
  fail(problem: string): never;
}

/** The checks for a configuration from `source`: a file's name, or a flag. */
export function createShapeChecks(source: string): ShapeChecks {
  return { record, list, oneOf, fail };

  function record(value: unknown, key: string, known?: readonly string[]): Record<string, unknown> {
    if (!isRecord(value)) return fail(`${key} has to be an object, and is ${describe(value)}.`);
    const unknown = known && Object.keys(value).find((name) => !known.includes(name));
    if (known === undefined || unknown === undefined) return value;
    return fail(`${key} has no \`${unknown}\`.${didYouMean(unknown, known)} It takes ${known.join(", ")}.`);
  }

  function list(value: unknown, key: string, what: string): readonly unknown[] {
    return Array.isArray(value) ? value : fail(`${key} has to be a list of ${what}, and is ${describe(value)}.`);
  }

  function oneOf(value: unknown, key: string, choices: readonly string[]): string {
    if (typeof value === "string" && choices.includes(value)) return value;
    return fail(`${key} has to be ${choices.map((choice) => `"${choice}"`).join(" or ")}, and is ${describe(value)}.`);
  }

  function fail(problem: string): never {
    throw brokenConfiguration(source, problem);
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function describe(value: unknown): string {
  return typeof value === "function" ? "a function" : (JSON.stringify(value) ?? String(value));
}

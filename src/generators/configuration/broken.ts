import { GeneratorError } from "../errors.js";

/** The error for a configuration that cannot be used: names where it is from, and what about it is wrong. Exit code 2. */
export function brokenConfiguration(source: string, problem: string, options?: ErrorOptions): GeneratorError {
  return new GeneratorError("WRONG_USAGE", `${source}: ${problem}`, options);
}

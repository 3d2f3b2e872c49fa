import { inspect } from "node:util";
import { isFailure } from "./is-failure.js";

/** How much of an Error's stack is written: nothing, the line where it was made, or all of it. */
type StackChoice = "none" | "line" | "full";

/** What Failures, Errors and their plain forms have in common. */
interface Problem {
  readonly name?: unknown;
  readonly code?: unknown;
  readonly message: string;
  readonly stack?: unknown;
  readonly details?: unknown;
  readonly errors?: unknown;
  readonly cause?: unknown;
}

const MAX_DEPTH = 16;

/** Writes a Failure or an error with everything that led to it, each cause indented below what it caused. */
export function formatFailure(problem: unknown, { stack = "line" }: { readonly stack?: StackChoice } = {}): string {
  const written = new Set<unknown>();

  const format = (value: unknown, depth: number): string => {
    const found = findProblem(value);
    if (!found) return typeof value === "string" ? value : inspect(value);
    const heading = formatHeading(found);
    if (written.has(found)) return `${heading} (see above)`;
    if (depth > MAX_DEPTH) return `${heading} (its causes are left out)`;
    written.add(found);

    const { details, errors, cause } = found;
    const lines = [heading, ...pickStack(found, stack)];
    if (details !== undefined) lines.push(`details: ${inspect(details)}`);
    if (Array.isArray(errors)) {
      lines.push(...errors.map((error, index) => `errors[${index}]: ${format(error, depth + 1)}`));
    }
    if (cause !== undefined) lines.push(`cause: ${format(cause, depth + 1)}`);
    return lines.join("\n").replaceAll("\n", "\n  ");
  };
  return format(problem, 0);
}

/** Code and message in one line, with the name in front if there is one. */
export function formatHeading({ name, code, message }: Problem): string {
  const kind = typeof name !== "string" ? code : code === undefined ? name : `${name} [${String(code)}]`;
  return message === "" ? String(kind) : kind === undefined ? message : `${String(kind)}: ${message}`;
}

function findProblem(value: unknown): Problem | undefined {
  if (isFailure(value)) return value.error;
  const { message } = (value ?? {}) as Partial<Problem>;
  return typeof value === "object" && typeof message === "string" ? (value as Problem) : undefined;
}

function pickStack({ stack }: Problem, choice: StackChoice): string[] {
  if (choice === "none" || typeof stack !== "string") return [];
  const lines = stack.split("\n").filter((line) => /^\s+at /.test(line));
  return lines.slice(0, choice === "line" ? 1 : undefined).map((line) => line.trim());
}

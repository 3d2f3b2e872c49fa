import { fileURLToPath } from "node:url";
import parser from "@typescript-eslint/parser";
import plugin from "@phasewise/eslint-plugin";
import { type Linter, type Rule, RuleTester } from "eslint";
import { describe, it } from "vitest";

/** An invalid piece of code beside a valid one that differs in the point at issue. */
export interface Pair {
  /** What is reported, as the end of "reports …". */
  readonly name: string;
  /** Code in which `«` and `»` enclose what is reported. */
  readonly invalid: string;
  /** What is said of each marked piece, in the order of the opening marks. */
  readonly errors: readonly Expectation[];
  readonly valid: string;
  /** What the fixes make of the invalid piece; without it there must be none. */
  readonly output?: string;
  readonly options?: readonly [object];
  /** The linted file, relative to the fixture workspace. It need not exist there. */
  readonly file?: string;
  /** The file of the valid piece, where that is another one. */
  readonly validFile?: string;
}

interface Expectation {
  readonly messageId: string;
  readonly data: Readonly<Record<string, string>>;
  /** What is suggested; a number where another test says what. */
  readonly suggestions?:
    | number
    | {
        readonly messageId: string;
        readonly data?: Readonly<Record<string, string>>;
        readonly output: string;
      }[];
}

/** Runs a rule of the plugin over each pair, inside the fixture workspace and with every assertion of `RuleTester`. */
export function testRule(name: keyof typeof plugin.rules, pairs: readonly Pair[], config: Linter.Config = {}): void {
  const tester = new RuleTester({ languageOptions: { parser: parser as Linter.Parser }, ...config });
  tester.run(name, plugin.rules[name] as unknown as Rule.RuleModule, {
    assertionOptions: { requireMessage: true, requireLocation: true, requireData: true },
    valid: pairs.map((pair) => ({
      ...getSetting({ ...pair, file: pair.validFile ?? pair.file }),
      name: `allows the neighbour of ${pair.name}`,
      code: pair.valid,
    })),
    invalid: pairs.map((pair) => ({ ...getSetting(pair), name: `reports ${pair.name}`, ...readMarks(pair) })),
  });
}

/** The same pairs with `head` before all their code: also before what fixes and suggestions make of it. */
export function withHead(head: string, pairs: readonly Pair[]): Pair[] {
  return pairs.map((pair) => ({
    ...pair,
    invalid: head + pair.invalid,
    valid: head + pair.valid,
    ...(pair.output !== undefined && { output: head + pair.output }),
    errors: pair.errors.map((error) => ({
      ...error,
      ...(Array.isArray(error.suggestions) && {
        suggestions: error.suggestions.map((suggestion) => ({ ...suggestion, output: head + suggestion.output })),
      }),
    })),
  }));
}

RuleTester.describe = describe;
RuleTester.it = it;

function getSetting({
  file = "modules/billing/linted.ts",
  options,
}: Pick<Pair, "options"> & { file?: string | undefined }) {
  const filename = fileURLToPath(new URL(`./fixtures/workspace/${file}`, import.meta.url));
  return { filename, ...(options && { options: [...options] }) };
}

function readMarks({ invalid, errors, output }: Pair) {
  const locations: Partial<Record<"line" | "column" | "endLine" | "endColumn", number>>[] = [];
  const open: (typeof locations)[number][] = [];
  let code = "";
  for (const part of invalid.split(/([«»])/)) {
    const line = code.split("\n").length;
    const column = code.length - code.lastIndexOf("\n");
    if (part === "«") open.push(locations[locations.push({ line, column }) - 1] ?? {});
    else if (part === "»") Object.assign(open.pop() ?? {}, { endLine: line, endColumn: column });
    else code += part;
  }
  if (locations.length !== errors.length)
    throw new Error(`${errors.length} errors for ${locations.length} marks: ${invalid}`);
  return {
    code,
    ...(output !== undefined && { output }),
    errors: errors.map((error, index) => ({ ...error, ...locations[index] }) as RuleTester.TestCaseError),
  };
}

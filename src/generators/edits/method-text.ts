import type { EditedFile } from "./edit.js";
import { indentationUnit } from "./placement.js";
import { styleOf } from "./style.js";

/** A method of a service that takes an id, refuses it with its error codes, and may publish an event about it. */
export interface Method {
  readonly name: string;
  /** Beside those of the runtime. */
  readonly codes: readonly string[];
  readonly event: string | undefined;
}

const MAX_WIDTH = 116;

/** The lines of a method in the style of a file. */
export function linesOfMethod(file: EditedFile, { name, codes, event }: Method): string[] {
  const { quote, end } = styleOf(file);
  const refusals = codes.map((code) => {
    const refusal = `Result.error(${quote(code)}, ${quote("Put the reason in place of this.")})`;
    return `if (id === ${quote(code)}) return ${refusal}${end}`;
  });
  const publication = [
    `const published = await this.#context.publish(${quote(event ?? "")}, { id })${end}`,
    `if (!published.success) return published${end}`,
  ];
  const body = [
    `const ready = this.requireInitialized()${end}`,
    `if (!ready.success) return ready${end}`,
    "",
    ...refusals,
    ...(event === undefined ? [] : publication),
    `return Result.success(id)${end}`,
  ];
  return [...docLines(codes), ...headLines(file, { name, codes, event }), ...indented(file, body), "}"];
}

function docLines(codes: readonly string[]): string[] {
  const text = "Answers the id, for example: put what this method is for in place of that.";
  if (codes.length === 0) return [`/** ${text} */`];
  return [
    "/**",
    ` * ${text}`,
    ` * @returns ${codes.map((code) => `\`${code}\``).join(", ")} for an id of that name.`,
    " */",
  ];
}

function headLines(file: EditedFile, { name, codes, event }: Method): string[] {
  const published = event === undefined ? [] : ["HANDLERS_FAILED"];
  const answers = [...codes, "NOT_INITIALIZED", ...published].sort().map(styleOf(file).quote);
  const returned = `Promise<Result<string, ${answers.join(" | ")}>>`;
  const head = `async ${name}(id: string): ${returned} {`;
  return head.length <= MAX_WIDTH ? [head] : [`async ${name}(`, ...indented(file, ["id: string,"]), `): ${returned} {`];
}

function indented(file: EditedFile, lines: readonly string[]): string[] {
  return lines.map((line) => (line === "" ? "" : indentationUnit(file) + line));
}

/** Is this rule of the plugin silenced on this line, counted from 0? */
export type IsSilenced = (rule: string, line: number) => boolean;

/** Reads the disable comments of a file; `undefined` when it has none. */
export function findSilencedLines(text: string): IsSilenced | undefined {
  if (!text.includes("-disable")) return undefined;
  const lines = text.split("\n");
  const spans = lines.flatMap((content, line) => readComment(content, line, lines));
  return (rule, line) => spans.some((span) => span.from <= line && line <= span.to && silences(span.rules, rule));
}

interface Span {
  readonly from: number;
  readonly to: number;
  /** Empty: all rules. */
  readonly rules: readonly string[];
}

function readComment(content: string, line: number, lines: readonly string[]): Span[] {
  const comment = /(?:\/\/|\/\*)\s*(?:eslint|oxlint)-disable(-next-line|-line)?(?:\s+(.*?))?\s*(?:\*\/|--|$)/.exec(
    content,
  );
  if (!comment) return [];
  const rules = (comment[2] ?? "")
    .split(",")
    .map((name) => name.trim())
    .filter(Boolean);
  if (comment[1] === "-line") return [{ from: line, to: line, rules }];
  if (comment[1] === "-next-line") return [{ from: line + 1, to: line + 1, rules }];
  const enabled = lines.findIndex((later, index) => index > line && /(?:eslint|oxlint)-enable\b/.test(later));
  return [{ from: line, to: enabled < 0 ? Infinity : enabled, rules }];
}

function silences(rules: readonly string[], rule: string): boolean {
  return rules.length === 0 || rules.includes(`phasewise/${rule}`);
}

import fc from "fast-check";
import { ts } from "ts-morph";

/** A file in one of many styles, with comments of all kinds at the ends of some lines and above them. */
export function anyStyle(...sources: readonly string[]): fc.Arbitrary<string> {
  const style = fc.record({
    source: fc.constantFrom(...sources),
    indent: fc.constantFrom("  ", "    ", "\t"),
    quote: fc.constantFrom(`"`, `'`),
    end: fc.constantFrom(";", ""),
    lineEnd: fc.constantFrom("\n", "\r\n"),
    header: fc.constantFrom("", "#!/usr/bin/env node\n", "// © Example Ltd.\n\n", "/* licence */\n"),
    trailing: fc.constantFrom("", " // here", " /* here */"),
    above: fc.constantFrom("", "// @ts-ignore\n", "/* above */\n"),
    blank: fc.constantFrom("", "\n"),
    hasTrailingCommas: fc.boolean(),
  });
  return style.map(({ source, indent, quote, end, lineEnd, header, trailing, above, blank, hasTrailingCommas }) => {
    const text = hasTrailingCommas ? source : source.replace(/,(?=\n *[}\]])/g, "");
    const lines = text.split("\n").map((line) => {
      const code = line.trimStart();
      const margin = indent.repeat((line.length - code.length) / 2);
      const isStatement = code.endsWith(";");
      const restyled = code.replaceAll(`"`, quote).replace(/;$/, end);
      return isStatement ? (above && margin + above) + margin + restyled + trailing + blank : margin + restyled;
    });
    return (header + lines.join("\n")).replaceAll("\n", lineEnd);
  });
}

/** What keeps a text from being TypeScript. */
export function syntaxErrors(text: string): readonly unknown[] {
  return ts.transpileModule(text, { reportDiagnostics: true }).diagnostics ?? [];
}

/** The lines that an edit has changed or taken out. */
export function linesLost(before: string, after: string): string[] {
  const left = after.split("\n");
  return before.split("\n").filter((line) => {
    const index = left.indexOf(line);
    if (index >= 0) left.splice(0, index + 1);
    return index < 0;
  });
}

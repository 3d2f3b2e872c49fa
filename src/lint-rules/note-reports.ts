import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import type { Waypoint } from "./call-graph/way.js";
import { type NotedStep, writeNote } from "./gate-notes.js";
import { measured } from "./measured.js";

type Context<MessageIds extends string, Options extends readonly unknown[]> = Readonly<
  TSESLint.RuleContext<MessageIds, Options>
>;
type Create<MessageIds extends string, Options extends readonly unknown[]> = (
  context: Context<MessageIds, Options>,
) => TSESLint.RuleListener;
type Report<MessageIds extends string> = TSESLint.ReportDescriptor<MessageIds> & { readonly way?: readonly Waypoint[] };

/** The very same `create`, unless the gate takes notes: then one that notes the ways of its reports, and its times. */
export function noteReports<MessageIds extends string, Options extends readonly unknown[]>(
  rule: string,
  create: Create<MessageIds, Options>,
): Create<MessageIds, Options> {
  if (!writeNote) return create;
  const measure = measured(rule, create);
  return (context) => {
    noteProgress(context.filename);
    const report = (descriptor: Report<MessageIds>) => {
      noteWay(rule, context.filename, descriptor);
      context.report(descriptor);
    };
    const listener = measure(Object.create(context, { report: { value: report } }) as Context<MessageIds, Options>);
    const entries = Object.entries(listener).map(([name, listen]) => [name, listen && measured(rule, listen)]);
    return Object.fromEntries(entries) as TSESLint.RuleListener;
  };
}

function noteWay(rule: string, file: string, descriptor: Report<string>): void {
  const loc = "loc" in descriptor && descriptor.loc ? descriptor.loc : "node" in descriptor && descriptor.node.loc;
  if (!descriptor.way?.length || !loc || !("start" in loc)) return;
  const { start, end } = loc satisfies TSESTree.SourceLocation;
  writeNote?.({
    kind: "way",
    ...{ rule, file, line: start.line, column: start.column + 1, endLine: end.line, endColumn: end.column + 1 },
    steps: descriptor.way.map(toStep),
  });
}

function toStep({ name, node }: Waypoint): NotedStep {
  const sourceFile = node.getSourceFile();
  const { line, character } = sourceFile.getLineAndCharacterOfPosition(node.getStart(sourceFile));
  return { name, file: sourceFile.fileName, line: line + 1, column: character + 1 };
}

const progress = { file: "", files: 0, nextNote: 0 };
const PROGRESS_INTERVAL_MS = 50;

function noteProgress(file: string): void {
  if (file === progress.file) return;
  progress.file = file;
  progress.files += 1;
  const now = performance.now();
  if (now < progress.nextNote) return;
  progress.nextNote = now + PROGRESS_INTERVAL_MS;
  writeNote?.({ kind: "progress", files: progress.files });
}

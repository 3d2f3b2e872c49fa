import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Finding } from "./finding.js";
import { findLineStarts } from "./source-text.js";
import { type SyntaxNode, findDeclaredName, findNodesAt, isStatement, printNode } from "./syntax-node.js";

/** What stays of a finding when the code around it moves and is formatted anew: the rule, where it is by name, and what it says. */
export interface Fingerprint {
  readonly file: string;
  readonly key: string;
}

/** The fingerprints of findings, in their order. Each file with findings is read and parsed once. */
export async function fingerprintAll(workspace: string, findings: readonly Finding[]): Promise<Fingerprint[]> {
  const files = [...new Set(findings.map(({ file }) => file))];
  const outlines = new Map(
    await Promise.all(files.map(async (file) => [file, await readOutline(workspace, file)] as const)),
  );
  return findings.map((finding) => fingerprint(finding, outlines.get(finding.file)));
}

/** What a place in a file means: the names around it, and the content. */
interface Meaning {
  readonly symbols: readonly string[];
  readonly content: string;
}

type Outline = (finding: Finding) => Meaning | undefined;

function fingerprint(finding: Finding, outline: Outline | undefined): Fingerprint {
  const { file, rule, excerpt } = finding;
  const { symbols, content } = outline?.(finding) ?? { symbols: [], content: excerpt.text.replace(/\s+/g, "") };
  const hash = createHash("sha256").update(content).digest("hex").slice(0, 10);
  return { file, key: [rule, symbols.join(".") || "-", hash].join(" ") };
}

/** What cannot be parsed has no outline: its lines speak for themselves. */
async function readOutline(workspace: string, file: string): Promise<Outline | undefined> {
  const bytes = await readFile(join(workspace, file)).catch(() => undefined);
  if (bytes === undefined || !/\.[cm]?[jt]sx?$/.test(file)) return undefined;
  const { parse } = await import("oxc-parser");
  const text = bytes.toString("utf8").replace(/^\uFEFF/, "");
  const { program, comments, errors } = await parse(file, text, { preserveParens: false });
  if (errors.length > 0) return undefined;
  const root = program as unknown as SyntaxNode;
  const starts = findLineStarts(text);
  const offsetOf = (line: number, column: number) => (starts[line - 1] ?? text.length) + column - 1;

  return ({ line, column, endLine, endColumn }) => {
    const [start, end] = [offsetOf(line, column), offsetOf(endLine, endColumn)];
    const comment = comments.find((candidate) => candidate.start <= start && start < candidate.end);
    const nodes = findNodesAt(root, start, comment ? start : end);
    const symbols = nodes.map(findDeclaredName).filter((name) => name !== undefined);
    if (comment) return { symbols, content: comment.value.replace(/[\s*]+/g, " ").trim() };
    const statement = nodes.findLast(isStatement) ?? nodes.at(-1)!;
    return { symbols, content: printNode(statement) };
  };
}

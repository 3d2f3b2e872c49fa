import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Diagnostic } from "./oxlint.js";

/** oxlint's word on a comment that silences nothing, or a rule's name in one. */
export function isUnusedDirective({ code, message }: Diagnostic): boolean {
  return code === undefined && /^Unused (?:eslint|oxlint)-(?:disable|enable) directive/.test(message);
}

/**
 * What several processes that share the files say of the same comments: a process whose rules did not judge a file takes
 * all of its comments for unused, so that only what every process says, in whole or in part, is so.
 */
export function agreeOnUnused(answers: readonly (readonly Diagnostic[])[]): Diagnostic[] {
  const agreed = answers.flat().filter((diagnostic) => {
    return answers.every((others) => others.some((other) => covers(other, diagnostic)));
  });
  return [...new Map(agreed.map((diagnostic) => [placeOf(diagnostic), diagnostic])).values()];
}

/** The comments that silence nothing of the plugin's, as findings of `unused-disable`. */
export async function readUnused(workspace: string, unused: readonly Diagnostic[]): Promise<Diagnostic[]> {
  return findIn(workspace, unused, (diagnostic, text) => {
    const names = findUnusedNames(diagnostic.message, text).map((name) => `\`${name}\``);
    if (names.length === 0) return undefined;
    const message = `This comment silences nothing: there is no finding of ${names.join(" or ")} for it. Remove it.`;
    return { ...diagnostic, code: "phasewise(unused-disable)", message };
  });
}

/**
 * The comments without a reason that the rule `require-disable-reason` cannot report, as they silence it too: those for all
 * rules, and those that name it. `comments` are all there are, `reported` what the rule has said.
 */
export async function readHidden(
  workspace: string,
  comments: readonly Diagnostic[],
  reported: readonly Diagnostic[],
): Promise<Diagnostic[]> {
  const known = reported.filter(({ code }) => code === `phasewise(${REASON_RULE})`);
  const others = comments.filter((comment) => !known.some((diagnostic) => covers(diagnostic, comment)));
  return findIn(workspace, others, (diagnostic, text) => {
    const comment = readDirective(text);
    if (!comment || comment.reason !== "" || !hidesItself(comment)) return undefined;
    const own = comment.rules.filter(isOwn).map((name) => `\`${name}\``);
    const directive = [comment.directive, comment.rules.join(", ")].join(" ").trim();
    const message = `This comment silences ${own.join(", ") || "all rules"} and does not say why. Add the reason: \`${directive} -- …\`.`;
    return { ...diagnostic, code: `phasewise(${REASON_RULE})`, severity: "error", message };
  });
}

export const REASON_RULE = "require-disable-reason";

function hidesItself({ rules }: Directive): boolean {
  return rules.length === 0 || rules.includes(`phasewise/${REASON_RULE}`);
}

type Judge = (diagnostic: Diagnostic, text: string) => Diagnostic | undefined;

async function findIn(workspace: string, diagnostics: readonly Diagnostic[], judge: Judge): Promise<Diagnostic[]> {
  const files = [...new Set(diagnostics.map(({ filename }) => filename))].filter((file) => file !== undefined);
  const read = async (file: string) => [file, await readFile(join(workspace, file))] as const;
  const bytes = new Map(await Promise.all(files.map(read)));
  const judged = diagnostics.map((diagnostic) => {
    const { start, end } = rangeOf(diagnostic);
    return judge(diagnostic, bytes.get(diagnostic.filename ?? "")?.toString("utf8", start, end) ?? "");
  });
  return judged.filter((diagnostic) => diagnostic !== undefined);
}

/** A comment without names may silence rules of another linter, and one that names some of others is judged for ours only. */
function findUnusedNames(message: string, text: string): string[] {
  if (!message.includes("-disable")) return [];
  const named = /reported from ([^)]+)\)/.exec(message)?.[1];
  return (named === undefined ? (readDirective(text)?.rules ?? []) : named.split(/,\s*/)).filter(isOwn);
}

interface Directive {
  readonly directive: string;
  readonly rules: readonly string[];
  readonly reason: string;
}

/** The same as the rule `require-disable-reason` reads. */
function readDirective(text: string): Directive | undefined {
  const content = text.replace(/^\/[/*]|\*\/$/g, "");
  const [, directive, rest = ""] =
    /^\s*((?:eslint|oxlint)-disable(?:-next-line|-line)?)(?=\s|$)(.*)$/s.exec(content) ?? [];
  if (directive === undefined) return undefined;
  const [names = "", ...reasons] = rest.split(/(?:^|\s)-{2,}(?:\s|$)/);
  const rules = names.split(",").map((name) => name.trim());
  return { directive, rules: rules.filter(Boolean), reason: reasons.join(" ").trim() };
}

function isOwn(rule: string): boolean {
  return rule.startsWith("phasewise/");
}

function covers(outer: Diagnostic, inner: Diagnostic): boolean {
  if (outer.filename !== inner.filename) return false;
  const [around, within] = [rangeOf(outer), rangeOf(inner)];
  return around.start <= within.start && within.end <= around.end;
}

/** In bytes. */
function rangeOf({ labels }: Diagnostic): { readonly start: number; readonly end: number } {
  const { offset, length } = labels[0]?.span ?? { offset: 0, length: 0 };
  return { start: offset, end: offset + length };
}

function placeOf(diagnostic: Diagnostic): string {
  return JSON.stringify([diagnostic.filename, rangeOf(diagnostic)]);
}

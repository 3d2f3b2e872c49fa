import { resolve } from "node:path";
import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import type { CheckedFile } from "./checked-file.js";
import { getCurrentSession } from "./current-session.js";
import type { CheckerSession } from "./session.js";

interface OpenFile {
  readonly session: CheckerSession;
  readonly file: CheckedFile | undefined;
}

const openFiles = new WeakMap<TSESTree.Program, OpenFile | "given up">();

/**
 * The linted file as the native checker sees it, opened at a rule's first question. `undefined` where there is no
 * checker (said once on stderr) or the file is none of TypeScript's: rules then go by syntax alone.
 */
export function openFile(context: Readonly<TSESLint.RuleContext<string, readonly unknown[]>>): CheckedFile | undefined {
  const { ast, text } = context.sourceCode;
  let open = openFiles.get(ast);
  const session = open === "given up" ? undefined : getCurrentSession();
  if (!session || open === "given up") return undefined;
  if (open?.session !== session) {
    open = { session, file: session.open(toFilePath(context), text) };
    openFiles.set(ast, open);
  }
  return open.file;
}

/** Asks nothing more of this text: {@link openFile} answers `undefined` from now on. */
export function giveUpFile({ sourceCode }: Readonly<TSESLint.RuleContext<string, readonly unknown[]>>): void {
  openFiles.set(sourceCode.ast, "given up");
}

/** Text without a file (standard input) is linted as if it stood in the working directory. */
function toFilePath({ filename, cwd }: { filename: string; cwd: string }): string {
  return resolve(cwd, filename.startsWith("<") ? "input.ts" : filename);
}

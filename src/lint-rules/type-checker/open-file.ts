import { resolve } from "node:path";
import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import { measured } from "../measured.js";
import { CheckedFile } from "./checked-file.js";
import { getCurrentSession } from "./current-session.js";
import { getProjectView } from "./project-settings.js";
import type { CheckerSession } from "./session.js";

interface OpenFile {
  readonly session: CheckerSession;
  readonly file: CheckedFile | undefined;
}

const openFiles = new WeakMap<TSESTree.Program, OpenFile>();
const foreseen = new WeakMap<TSESTree.Program, TSESTree.Node[]>();

/**
 * Tells while a file is walked through what types a rule is going to ask. Those of all rules are asked together with the
 * first that one of them wants to know.
 */
export function foreseeType(
  { sourceCode: { ast } }: Readonly<TSESLint.RuleContext<string, readonly unknown[]>>,
  node: TSESTree.Node,
): void {
  const nodes = foreseen.get(ast);
  if (nodes) nodes.push(node);
  else foreseen.set(ast, [node]);
}

/**
 * The linted file as the native checker sees it, opened at a rule's first question. `undefined` where there is no
 * checker (said once on stderr) or the file is none of TypeScript's: rules then go by syntax alone.
 *
 * @throws Error for settings that the rules cannot use.
 */
export function openFile(context: Readonly<TSESLint.RuleContext<string, readonly unknown[]>>): CheckedFile | undefined {
  const { ast, text } = context.sourceCode;
  const session = getSession();
  if (!session) return undefined;
  let open = openFiles.get(ast);
  if (open?.session !== session) {
    const file = openInSession(session, toFilePath(context), text);
    open = { session, file: file && applySettings(file, context.settings["phasewise"]) };
    openFiles.set(ast, open);
    open.file?.foresee(foreseen.get(ast) ?? []);
  }
  return open.file;
}

const getSession = measured("native checker", getCurrentSession);

const openInSession = measured("native checker", (session: CheckerSession, fileName: string, text: string) =>
  session.open(fileName, text),
);

function applySettings({ project, sourceFile }: CheckedFile, settings: unknown): CheckedFile {
  return new CheckedFile(getProjectView(project, settings), sourceFile);
}

/** Text without a file (standard input) is linted as if it stood in the working directory. */
function toFilePath({ filename, cwd }: { filename: string; cwd: string }): string {
  return resolve(cwd, filename.startsWith("<") ? "input.ts" : filename);
}

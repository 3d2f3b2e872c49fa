import { resolve } from "node:path";
import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import { CheckedFile } from "./checked-file.js";
import { getProjectView } from "./project-settings.js";
import { CheckerSession } from "./session.js";

let session: CheckerSession | "unavailable" | undefined;
const openFiles = new WeakMap<TSESTree.Program, CheckedFile | "none">();
const foreseen = new WeakMap<TSESTree.Program, TSESTree.Node[]>();

/**
 * Tells while a file is walked through what types a rule is going to ask. When the first rule opens the file, those of
 * all rules are asked in one request.
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
  let file = openFiles.get(ast);
  if (!file) {
    const opened = openInSession(toFilePath(context), text);
    file = opened ? applySettings(opened, context.settings["phasewise"]) : "none";
    openFiles.set(ast, file);
    if (file !== "none") file.getTypes(foreseen.get(ast) ?? []);
  }
  return file === "none" ? undefined : file;
}

function applySettings({ project, sourceFile }: CheckedFile, settings: unknown): CheckedFile {
  return new CheckedFile(getProjectView(project, settings), sourceFile);
}

/** A checker that died is started once more for the file; where it dies again, nothing more is asked of it. */
function openInSession(fileName: string, text: string): CheckedFile | undefined {
  if (session === "unavailable") return undefined;
  try {
    session ??= startSession();
    return session.open(fileName, text);
  } catch {
    session = undefined;
  }
  try {
    session = startSession();
    return session.open(fileName, text);
  } catch (error) {
    session = "unavailable";
    reportUnavailable(error);
    return undefined;
  }
}

function startSession(): CheckerSession {
  const started = new CheckerSession();
  process.prependOnceListener("exit", () => started.close());
  return started;
}

function reportUnavailable(error: unknown): void {
  const reason = error instanceof Error ? error.message : String(error);
  process.stderr.write(
    `phasewise: TypeScript's native checker does not answer (${reason}). Rules go by syntax alone until it does: ` +
      "reinstall with optional dependencies, which bring the checker of your platform.\n",
  );
}

/** Text without a file (standard input) is linted as if it stood in the working directory. */
function toFilePath({ filename, cwd }: { filename: string; cwd: string }): string {
  return resolve(cwd, filename.startsWith("<") ? "input.ts" : filename);
}

import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { GateFailure } from "../errors.js";

/** What the compiler says. */
export interface TypeDiagnostic {
  /** As in `TS2322`. */
  readonly code: string;
  readonly severity: "error" | "warning";
  readonly message: string;
  /** Missing for what is about the configuration as a whole. */
  readonly place?: { readonly file: string; readonly line: number; readonly column: number };
}

/** How a project is checked. */
export interface CompilerRun {
  readonly workspace: string;
  /** The program. */
  readonly tsc: string;
  /** Relative to the workspace. */
  readonly tsconfig: string;
  readonly hasReferences: boolean;
  readonly ended: AbortSignal | undefined;
}

/**
 * Checks the types of one project. Files are relative to the workspace, as the compiler writes them. A project with
 * references is checked together with them; where they have references too, they have to be built.
 */
export async function checkProject(run: CompilerRun): Promise<TypeDiagnostic[]> {
  const diagnostics = await runCompiler(run, run.hasReferences ? "-b" : "-p");
  return diagnostics.some(({ code }) => code === MAY_NOT_DISABLE_EMIT) ? runCompiler(run, "-p") : diagnostics;
}

const MAY_NOT_DISABLE_EMIT = "TS6310";

async function runCompiler(
  { workspace, tsc, tsconfig, ended }: CompilerRun,
  mode: "-b" | "-p",
): Promise<TypeDiagnostic[]> {
  const args = [mode, tsconfig, "--noEmit", "--pretty", "false"];
  const child = spawn(process.execPath, [tsc, ...args], {
    cwd: workspace,
    stdio: ["ignore", "pipe", "pipe"],
    signal: ended,
  });
  const code = new Promise<number | null>((resolve, reject) => child.once("error", reject).once("close", resolve));
  const [output, errors, exitCode] = await Promise.all([text(child.stdout), text(child.stderr), code]);
  const diagnostics = parseDiagnostics(output);
  if (exitCode === 0 || (exitCode !== null && diagnostics.length > 0)) return diagnostics;
  const said = `${errors}${output}`.trim() || "(nothing)";
  throw new GateFailure(
    `TypeScript's native compiler gave no answer about ${tsconfig}. Reinstall it. It printed:\n${said}`,
  );
}

/** `file(line,column): error TS2322: message`, or the same without a place; lines that are indented belong to it. */
function parseDiagnostics(output: string): TypeDiagnostic[] {
  const pattern = /^(?:(.+)\((\d+),(\d+)\): )?(error|warning) (TS\d+): (.*(?:\r?\n[ \t]+.*)*)/gm;
  return [...output.matchAll(pattern)].map(([, file, line, column, severity, code, message]) => ({
    code: code!,
    severity: severity as TypeDiagnostic["severity"],
    message: code === "TS6305" ? `${message!} Build it first: npx tsc -b` : message!,
    ...(file !== undefined && { place: { file, line: Number(line), column: Number(column) } }),
  }));
}

import { symlink } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Outcome, runProgram } from "../program.js";
import { type Files, temporaryFolder } from "../temporary-folder.js";

const installed = fileURLToPath(new URL("../../../node_modules", import.meta.url));

const tsconfig = {
  compilerOptions: {
    target: "es2023",
    module: "nodenext",
    strict: true,
    skipLibCheck: true,
    noEmit: true,
    types: ["node"],
  },
  include: ["**/*.ts"],
};

/** A workspace that has the packages of this repository installed. */
export async function createWorkspace(files: Files) {
  const folder = await temporaryFolder({
    "package.json": JSON.stringify({ name: "shop", type: "module" }),
    "tsconfig.json": JSON.stringify(tsconfig),
    ...files,
  });
  await symlink(installed, join(folder.path, "node_modules"), "junction");
  const run = (...args: string[]): Promise<Outcome> => runProgram("phasewise", args, { cwd: folder.path });
  return {
    ...folder,
    run,
    findProblems: async (...args: string[]) => readProblems(await run("check", "--format", "json", ...args)),
  };
}

/** The findings about the graph of modules, each as `file:line:column rule severity`. */
function readProblems({ stdout, stderr }: Outcome): string[] {
  if (!stdout.startsWith("{")) throw new Error(stdout + stderr);
  const { findings } = JSON.parse(stdout) as { findings: Finding[] };
  const own = findings.filter(({ rule }) => rule.startsWith("graph/"));
  return own.map(
    ({ file, line, column, rule, severity, message }) => `${file}:${line}:${column} ${severity} ${rule}: ${message}`,
  );
}

interface Finding {
  readonly rule: string;
  readonly severity: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** A module file: its definition, with what stands before and after the id. */
export function moduleFile(id: string, { top = "", properties = "" } = {}): string {
  return `import { defineModule } from "@phasewise/runtime";\n${top}\nexport default defineModule({\n  id: ${JSON.stringify(id)},\n  version: "1.0.0",\n${properties}});\n`;
}

import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, realpath, rm, symlink, utimes, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import plugin from "@phasewise/eslint-plugin";
import { ESLint, type Linter } from "eslint";

/** What a host reports, in the terms that both hosts share. `column` counts UTF-16 units from 1. */
export interface Finding {
  /** Without the prefix `phasewise/`. */
  readonly rule: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** Contents by path, relative to the workspace. */
export type Files = Readonly<Record<string, string>>;

/** A folder of its own with a TypeScript project, linted in either host. It removes itself when it goes out of scope. */
export class Workspace implements AsyncDisposable {
  readonly folder: string;
  readonly #eslint: ESLint;
  readonly #files = new Set<string>();
  #seconds = 1_000_000_000;

  private constructor(folder: string, config: readonly Linter.Config[]) {
    this.folder = folder;
    this.#eslint = new ESLint({ cwd: folder, overrideConfigFile: true, overrideConfig: [...config, oneReporter] });
  }

  /** The project covers the files below `modules`. The configuration is for ESLint: `recommended` unless told. */
  static async create(files: Files, config?: readonly Linter.Config[]): Promise<Workspace> {
    const folder = await mkdtemp(join(await realpath(tmpdir()), "phasewise-lint-"));
    const workspace = new Workspace(folder, config ?? (plugin.configs.recommended as Linter.Config[]));
    await symlink(join(repository, "node_modules"), join(folder, "node_modules"), "junction");
    await writeFile(join(folder, "package.json"), JSON.stringify({ name: "fixture", type: "module" }));
    await writeFile(join(folder, "tsconfig.json"), JSON.stringify(tsconfig));
    await workspace.write(files);
    return workspace;
  }

  async write(files: Files): Promise<void> {
    for (const [file, content] of Object.entries(files)) {
      const path = join(this.folder, file);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, content);
      await this.#stamp(path, dirname(path));
      if (/\.[cm]?[jt]sx?$/.test(file)) this.#files.add(file);
    }
  }

  async remove(file: string): Promise<void> {
    const path = join(this.folder, file);
    await rm(path);
    await this.#stamp(dirname(path));
    this.#files.delete(file);
  }

  /** What ESLint finds in these files as they are on disk, or in all. */
  async lintWithEslint(files: readonly string[] = [...this.#files]): Promise<Finding[]> {
    return this.#toFindings(await this.#eslint.lintFiles([...files]));
  }

  /** What ESLint finds in a text that an editor has not saved. */
  async lintUnsaved(file: string, text: string): Promise<Finding[]> {
    return this.#toFindings(await this.#eslint.lintText(text, { filePath: join(this.folder, file) }));
  }

  /** What oxlint finds in all files, with the plugin as it is built; `env` comes on top of the environment of this process. */
  async lintWithOxlint(env: NodeJS.ProcessEnv = {}): Promise<Finding[]> {
    const flags = ["-c", oxlintConfig, "--disable-nested-config", "--no-ignore", "-f", "json"];
    const diagnostics = parseDiagnostics(await runOxlint([...flags, ...this.#files], this.folder, env));
    const failures = diagnostics.filter(({ code }) => code === undefined).map(({ message }) => message);
    if (failures.length > 0) throw new Error(`oxlint reported: ${failures.join("\n")}`);
    const findings = diagnostics.map(async ({ code = "", filename, labels, message }) => {
      const offset = labels[0]?.span.offset ?? 0;
      const { line, column } = locate(await readFile(join(this.folder, filename)), offset);
      return { rule: code.replace(/^phasewise\((.*)\)$/, "$1"), file: filename, line, column, message };
    });
    return sort(await Promise.all(findings));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }

  /** Gives each change a time of its own, however fast they follow each other. */
  async #stamp(...paths: string[]): Promise<void> {
    this.#seconds += 1;
    for (const path of paths) await utimes(path, this.#seconds, this.#seconds);
  }

  #toFindings(results: readonly ESLint.LintResult[]): Finding[] {
    const findings = results.flatMap(({ filePath, messages }) =>
      messages.map(({ ruleId, line, column, message }) => {
        if (ruleId === null) throw new Error(`ESLint reported of ${filePath}: ${message}`);
        const file = relative(this.folder, filePath).replaceAll("\\", "/");
        return { rule: ruleId.replace(/^phasewise\//, ""), file, line, column, message };
      }),
    );
    return sort(findings);
  }
}

const repository = fileURLToPath(new URL("../..", import.meta.url));
/** As the gate finds it: a dependency of the package `phasewise`, wherever npm puts it. */
const oxlint = join(
  dirname(createRequire(join(repository, "src/generators/package.json")).resolve("oxlint/package.json")),
  "bin/oxlint",
);
const oxlintConfig = join(repository, "src/lint-rules/dist/oxlint/recommended.json");

/** oxlint does not look for comments that silence nothing. */
const oneReporter: Linter.Config = { linterOptions: { reportUnusedDisableDirectives: "off" } };

const tsconfig = {
  compilerOptions: {
    target: "es2023",
    lib: ["es2023", "esnext.disposable"],
    module: "nodenext",
    strict: true,
    types: ["node"],
    jsx: "preserve",
    allowJs: true,
    noEmit: true,
    customConditions: ["@phasewise/source"],
  },
  include: ["modules"],
};

function sort(findings: Finding[]): Finding[] {
  const order = ({ file, line, column, rule }: Finding) =>
    [file, String(line).padStart(6), String(column).padStart(6), rule].join(" ");
  return findings.sort((one, other) => (order(one) < order(other) ? -1 : 1));
}

interface Diagnostic {
  readonly code?: string;
  readonly filename: string;
  readonly labels: readonly { readonly span: { readonly offset: number } }[];
  readonly message: string;
}

/** oxlint exits with 1 when it finds something; what it prints tells whether it did its work. */
function runOxlint(args: readonly string[], cwd: string, added: NodeJS.ProcessEnv): Promise<string> {
  const options = { cwd, env: { ...process.env, ...added }, maxBuffer: 2 ** 26 };
  return new Promise((resolve) => {
    execFile(process.execPath, [oxlint, ...args], options, (_error, stdout, stderr) => resolve(stdout || stderr));
  });
}

function parseDiagnostics(output: string): readonly Diagnostic[] {
  if (!output.startsWith("{")) throw new Error(`oxlint did not lint: ${output}`);
  return (JSON.parse(output) as { diagnostics: Diagnostic[] }).diagnostics;
}

/** oxlint counts bytes from the start of the file; ESLint counts UTF-16 units in a line, without a byte order mark. */
function locate(content: Buffer, byteOffset: number): { line: number; column: number } {
  const lines = content
    .subarray(0, byteOffset)
    .toString("utf8")
    .replace(/^\uFEFF/, "")
    .split(/\r\n|[\n\r\u2028\u2029]/);
  return { line: lines.length, column: (lines.at(-1) ?? "").length + 1 };
}

import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, realpath, rm, symlink, utimes, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, isAbsolute, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { isDeepStrictEqual } from "node:util";
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

/** What a suggestion of ESLint makes of its file. */
export interface Suggestion {
  readonly rule: string;
  readonly file: string;
  readonly description: string;
  readonly output: string;
}

/** Contents by path, relative to the workspace. */
export type Files = Readonly<Record<string, string>>;

/** The ends of the range that the plugin supports, by the names they are installed under. */
export type EslintPackage = "eslint" | "eslint-9";

export interface OxlintOptions {
  /** A configuration of the plugin as it is built, or an absolute path; `recommended` unless told. */
  readonly config?: string;
  readonly settings?: object;
  /** Comes on top of the environment of this process. */
  readonly env?: NodeJS.ProcessEnv;
}

/** A folder of its own with a TypeScript project, linted in either host. It removes itself when it goes out of scope. */
export class Workspace implements AsyncDisposable {
  readonly folder: string;
  readonly #eslint: ESLint;
  readonly #fixingEslint: ESLint;
  readonly #files = new Set<string>();
  #seconds = 1_000_000_000;

  private constructor(folder: string, config: readonly Linter.Config[], eslintPackage: EslintPackage) {
    this.folder = folder;
    const eslint = createRequire(import.meta.url)(eslintPackage) as { ESLint: typeof ESLint };
    const options: ESLint.Options = {
      cwd: folder,
      overrideConfigFile: true,
      overrideConfig: [...config, oneReporter],
    };
    this.#eslint = new eslint.ESLint(options);
    this.#fixingEslint = new eslint.ESLint({ ...options, fix: true });
  }

  /** The project covers the files below `modules`. The configuration is for ESLint: `recommended` unless told. */
  static async create(
    files: Files,
    config: readonly Linter.Config[] = plugin.configs.recommended as Linter.Config[],
    eslintPackage: EslintPackage = "eslint",
  ): Promise<Workspace> {
    const folder = await mkdtemp(join(await realpath(tmpdir()), "phasewise-lint-"));
    const workspace = new Workspace(folder, config, eslintPackage);
    await linkPackages(folder, eslintPackage);
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

  /** What oxlint finds in all files. */
  async lintWithOxlint({ config = "recommended", settings, env = {} }: OxlintOptions = {}): Promise<Finding[]> {
    const path = isAbsolute(config) ? config : join(oxlintConfigs, `${config}.json`);
    const used = settings ? await this.#writeOxlintConfig(path, settings) : path;
    const flags = ["-c", used, "--disable-nested-config", "--no-ignore", "-f", "json"];
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

  async #writeOxlintConfig(config: string, settings: object): Promise<string> {
    const content = JSON.parse(await readFile(config, "utf8")) as object;
    const jsPlugins = [{ name: "phasewise", specifier: join(oxlintConfigs, "../index.js") }];
    const path = join(this.folder, "oxlint.json");
    await writeFile(path, JSON.stringify({ ...content, jsPlugins, settings }));
    return path;
  }

  /** What the fixes make of all files, in ESLint. They are written. */
  async fixWithEslint(): Promise<Files> {
    await ESLint.outputFixes(await this.#fixingEslint.lintFiles([...this.#files]));
    return this.read();
  }

  /** What the fixes make of all files, in oxlint, which fixes once where ESLint goes on until nothing changes. */
  async fixWithOxlint(): Promise<Files> {
    const flags = [
      "-c",
      join(oxlintConfigs, "recommended.json"),
      "--disable-nested-config",
      "--no-ignore",
      "--fix",
      "-f",
      "json",
    ];
    let after = await this.read();
    for (let before: Files = {}, run = 0; run < maxRuns && !isDeepStrictEqual(before, after); run++) {
      parseDiagnostics(await runOxlint([...flags, ...this.#files], this.folder));
      before = after;
      after = await this.read();
    }
    return after;
  }

  /** The suggestions of ESLint, each with what it makes of its file. */
  async getSuggestions(): Promise<Suggestion[]> {
    const results = await this.#eslint.lintFiles([...this.#files]);
    return results.flatMap(({ filePath, messages, source = "" }) =>
      messages.flatMap(({ ruleId, suggestions = [] }) =>
        suggestions.map(({ desc, fix: { range, text } }) => ({
          rule: (ruleId ?? "").replace(/^phasewise\//, ""),
          file: relative(this.folder, filePath).replaceAll("\\", "/"),
          description: desc,
          output: applyFix(source, range, text),
        })),
      ),
    );
  }

  /** All files as they are on disk. */
  async read(): Promise<Files> {
    const read = async (file: string) => [file, await readFile(join(this.folder, file), "utf8")] as const;
    return Object.fromEntries(await Promise.all([...this.#files].map(read)));
  }

  /** What the compiler says of all files, without the positions. */
  async findTypeErrors(): Promise<string[]> {
    const output = await run([typescript, "-p", ".", "--pretty", "false"], this.folder);
    return output.split("\n").flatMap((line) => /^(\S+)\(\d+,\d+\): (error .*)$/.exec(line)?.slice(1).join(": ") ?? []);
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
const oxlintConfigs = join(repository, "src/lint-rules/dist/oxlint");
const typescript = join(repository, "node_modules/@typescript/native/bin/tsc");

/** ESLint gives up after as many. */
const maxRuns = 10;

/** oxlint does not look for comments that silence nothing. */
const oneReporter: Linter.Config = { linterOptions: { reportUnusedDisableDirectives: "off" } };

/** The packages of the repository; with another version of ESLint, that under its own name and what tests import. */
async function linkPackages(folder: string, eslintPackage: EslintPackage): Promise<void> {
  if (eslintPackage === "eslint")
    return symlink(join(repository, "node_modules"), join(folder, "node_modules"), "junction");
  await mkdir(join(folder, "node_modules"));
  const sources = { "@phasewise": "@phasewise", "@types": "@types", eslint: eslintPackage };
  for (const [name, source] of Object.entries(sources))
    await symlink(join(repository, "node_modules", source), join(folder, "node_modules", name), "junction");
}

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

/** ESLint counts without a byte order mark, and gives `-1` for the place of the mark. */
function applyFix(source: string, [start, end]: readonly [number, number], text: string): string {
  const mark = source.startsWith("\uFEFF") ? "\uFEFF" : "";
  const rest = source.slice(mark.length);
  return mark + rest.slice(0, Math.max(start, 0)) + text + rest.slice(Math.max(end, 0));
}

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
function runOxlint(args: readonly string[], cwd: string, added: NodeJS.ProcessEnv = {}): Promise<string> {
  return run([oxlint, ...args], cwd, added);
}

function run(args: readonly string[], cwd: string, added: NodeJS.ProcessEnv = {}): Promise<string> {
  const options = { cwd, env: { ...process.env, ...added }, maxBuffer: 2 ** 26 };
  return new Promise((resolve) => {
    execFile(process.execPath, args, options, (_error, stdout, stderr) => resolve(stdout || stderr));
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

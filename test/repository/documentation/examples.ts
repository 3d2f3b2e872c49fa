import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** A fenced block of TypeScript in a page, or in a doc comment. */
export interface Example {
  /** What its first line names, as in `// modules/billing/module.ts`; otherwise made of its number. */
  readonly file: string;
  readonly text: string;
  /** The text block that follows at once: what the example prints when it runs. */
  readonly output: string | undefined;
}

/** The examples of one page, written out as the files of a program. */
export interface ExampleProgram extends AsyncDisposable {
  /** Type-checks and compiles all of them together. Gives the complaints of the compiler, if it has any. */
  compile(): Promise<string>;
  /** Runs one that was compiled, against the built packages. Gives what it printed. */
  run(file: string): Promise<string>;
  /** Runs all that are tests with vitest, against the built packages. Gives its report if one fails. */
  runTests(): Promise<string>;
}

const root = fileURLToPath(new URL("../../..", import.meta.url));
const tsc = join(root, "node_modules/@typescript/native/bin/tsc");
const vitest = join(root, "node_modules/vitest/vitest.mjs");

/** A block of TypeScript, and the block of text that stands right below it. */
const example = /^```ts\n([^]*?)^```$(?:\n+```text\n([^]*?)^```$)?/gm;

/** The examples in a file of the repository: the `ts` blocks of a Markdown page, or those in the doc comments of a source. */
export async function readExamples(path: string): Promise<Example[]> {
  const content = await readFile(join(root, path), "utf8");
  const markdown = path.endsWith(".md") ? content : content.replace(/^ *\* ?/gm, "");
  return [...markdown.matchAll(example)].map(([, text = "", output], index) => {
    const file = /^\/\/ (\S+\.ts)\n/.exec(text)?.[1] ?? `example-${index + 1}.ts`;
    return { file, text, output };
  });
}

/** Writes the examples into a folder inside the repository; `await using` removes it. */
export async function exampleProgram(examples: readonly Example[]): Promise<ExampleProgram> {
  const folder = await mkdtemp(join(import.meta.dirname, ".examples-"));
  const compilerOptions = { rootDir: ".", outDir: "out", customConditions: ["@phasewise/source"] };
  const config = { extends: join(root, "tsconfig.base.json"), compilerOptions, include: ["**/*.ts"] };
  await writeInto(folder, "tsconfig.json", JSON.stringify(config));
  await writeInto(folder, "vitest.config.js", "export default {};");
  for (const { file, text } of examples) await writeInto(folder, file, text);

  return {
    compile: async () => getComplaints(await runNode(folder, tsc, "-p", ".")),
    run: async (file) => (await runNode(folder, join("out", file.replace(/\.ts$/, ".js")))).output,
    runTests: async () => getComplaints(await runNode(folder, vitest, "run", "--dir", "out")),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

async function writeInto(folder: string, file: string, text: string): Promise<void> {
  await mkdir(dirname(join(folder, file)), { recursive: true });
  await writeFile(join(folder, file), text);
}

interface NodeRun {
  readonly failed: boolean;
  /** What went to standard output; of a run that failed, also what went to standard error. */
  readonly output: string;
}

function runNode(cwd: string, ...args: string[]): Promise<NodeRun> {
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd }, (error, stdout, stderr) => {
      resolve({ failed: error !== null, output: error ? stdout + stderr : stdout });
    });
  });
}

function getComplaints({ failed, output }: NodeRun): string {
  return failed ? output : "";
}

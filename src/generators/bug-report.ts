import { randomUUID } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { version } from "./release.js";

/**
 * Writes what a bug report needs into the temporary folder, and gives the file's path: versions, arguments and the error,
 * and nothing of the environment. `undefined` when it cannot be written.
 */
export async function writeBugReport(error: unknown, args: readonly string[]): Promise<string | undefined> {
  const file = join(tmpdir(), `phasewise-failure-${randomUUID()}.txt`);
  const versions = await Promise.all(packages.map(findVersion));
  const lines = [
    `phasewise ${version} on Node ${process.version}, ${process.platform} ${process.arch}`,
    ...versions.filter((line) => line !== undefined),
    `arguments: ${JSON.stringify(args)}`,
    "",
    ...describeError(error),
  ];
  const text = `${lines.join("\n").replaceAll(homedir(), "~")}\n`;
  return writeFile(file, text, { flag: "wx", mode: 0o600 }).then(
    () => file,
    () => undefined,
  );
}

const packages = [
  "@phasewise/eslint-plugin",
  "@phasewise/runtime",
  "eslint",
  "oxlint",
  "typescript",
  "@typescript/native",
];

/** As the folder sees it that the program runs in, or else the program itself. */
async function findVersion(name: string): Promise<string | undefined> {
  for (const from of [pathToFileURL(join(process.cwd(), "package.json")), import.meta.url])
    try {
      const manifest = createRequire(from).resolve(`${name}/package.json`);
      return `${name} ${(JSON.parse(await readFile(manifest, "utf8")) as { readonly version: string }).version}`;
    } catch {
      // Not installed there.
    }
  return undefined;
}

function describeError(error: unknown): string[] {
  if (!(error instanceof Error)) return [String(error)];
  const stack = error.stack ?? `${error.name}: ${error.message}`;
  return error.cause === undefined ? [stack] : [stack, "caused by:", ...describeError(error.cause)];
}

import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { text as readAll } from "node:stream/consumers";
import type { Format } from "../changes/plan.js";

const READ = /\.(?:[cm]?[jt]sx?|jsonc?|css|graphql|html)$/;

/** The Biome of a workspace, with its configuration; files of a kind that it does not read stay as they are. */
export async function openBiome(require: NodeJS.Require, root: string): Promise<Format> {
  const manifest = require.resolve("@biomejs/biome/package.json");
  const { bin } = JSON.parse(await readFile(manifest, "utf8")) as { bin: string | { biome: string } };
  const program = join(dirname(manifest), typeof bin === "string" ? bin : bin.biome);
  return (path, text) => (READ.test(path) ? runBiome(program, path, { root, text }) : Promise.resolve(text));
}

async function runBiome(
  program: string,
  path: string,
  { root, text }: { root: string; text: string },
): Promise<string> {
  const args = [program, "format", `--stdin-file-path=${path}`];
  const child = spawn(process.execPath, args, { cwd: root, stdio: ["pipe", "pipe", "pipe"] });
  const ended = new Promise<number | null>((resolve, reject) => child.once("error", reject).once("close", resolve));
  child.stdin.on("error", () => undefined).end(text);
  const [formatted, problem, code] = await Promise.all([readAll(child.stdout), readAll(child.stderr), ended]);
  if (code !== 0) throw new Error(`Biome ended with code ${code}. ${problem.trim().split("\n")[0] ?? ""}`);
  return formatted;
}

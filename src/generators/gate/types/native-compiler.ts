import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { GeneratorError } from "../../errors.js";

/** Finds the program `tsc` of TypeScript 7 or later: the workspace's own, else the one that its plugin brings along. */
export async function findNativeCompiler(workspace: string, plugin: string): Promise<string> {
  const places = [join(workspace, "package.json"), plugin];
  for (const place of places)
    for (const name of ["typescript", "@typescript/native"]) {
      const found = await findCompiler(name, place);
      if (found !== undefined) return found;
    }
  throw new GeneratorError(
    "WRONG_USAGE",
    `--types needs TypeScript's native compiler, and ${workspace} has none. ` +
      "Install it with: npm install --save-dev @typescript/native@npm:typescript@7",
  );
}

async function findCompiler(name: string, from: string): Promise<string | undefined> {
  const manifest = findManifest(name, from);
  if (manifest === undefined) return undefined;
  const { version, bin } = JSON.parse(await readFile(manifest, "utf8")) as {
    readonly version: string;
    readonly bin?: { readonly tsc?: string };
  };
  return bin?.tsc !== undefined && Number.parseInt(version) >= 7 ? join(dirname(manifest), bin.tsc) : undefined;
}

function findManifest(name: string, from: string): string | undefined {
  try {
    return createRequire(from).resolve(`${name}/package.json`);
  } catch {
    return undefined;
  }
}

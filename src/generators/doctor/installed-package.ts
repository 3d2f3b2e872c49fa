import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** A package as the workspace has it installed. */
export interface InstalledPackage {
  readonly folder: string;
  readonly version: string;
}

/** `undefined` where the workspace does not have it. */
export async function findPackage(name: string, workspace: string): Promise<InstalledPackage | undefined> {
  try {
    const manifest = createRequire(join(workspace, "package.json")).resolve(`${name}/package.json`);
    const { version } = JSON.parse(await readFile(manifest, "utf8")) as { version: string };
    return { folder: dirname(manifest), version };
  } catch {
    return undefined;
  }
}

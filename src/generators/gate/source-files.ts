import { readFile, readdir } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import ignore, { type Ignore } from "ignore";

interface Rules {
  readonly folder: string;
  readonly ignored: Ignore;
}

const SOURCE = /\.[cm]?[jt]sx?$/;

/**
 * The JavaScript and TypeScript files of a workspace that its own `.gitignore` files do not hide, relative to it.
 * oxlint's own search also obeys folders above, where the workspace as a whole may be ignored.
 */
export async function findSourceFiles(workspace: string): Promise<string[]> {
  return findFiles(workspace, SOURCE);
}

/** The files whose names match, found as {@link findSourceFiles} does. */
export async function findFiles(workspace: string, wanted: RegExp): Promise<string[]> {
  return findBelow(workspace, []);

  async function findBelow(folder: string, inherited: readonly Rules[]): Promise<string[]> {
    const rules = [...inherited, { folder, ignored: await readRules(folder) }];
    const entries = await readdir(folder, { withFileTypes: true });
    const found = entries.map(async (entry) => {
      const path = join(folder, entry.name);
      if (entry.name === "node_modules" || entry.name === ".git" || isIgnored(path, entry.isDirectory(), rules))
        return [];
      if (entry.isDirectory()) return findBelow(path, rules);
      return wanted.test(entry.name) ? [relative(workspace, path)] : [];
    });
    return (await Promise.all(found)).flat();
  }
}

async function readRules(folder: string): Promise<Ignore> {
  return ignore().add(await readFile(join(folder, ".gitignore"), "utf8").catch(() => ""));
}

function isIgnored(path: string, isFolder: boolean, rules: readonly Rules[]): boolean {
  return rules.some(({ folder, ignored }) => {
    const name = relative(folder, path).split(sep).join("/");
    return ignored.ignores(isFolder ? `${name}/` : name);
  });
}

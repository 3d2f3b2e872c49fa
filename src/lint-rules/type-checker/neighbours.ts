import { type Dirent, existsSync, readdirSync } from "node:fs";
import { dirname } from "node:path";

const LIMIT = 1000;

/**
 * The source files around a file: those of its folder and of the folders below, or of a folder some levels up, nearest
 * first. It leaves no package and no project, nor `root`, and goes into none; installed and built code is left out.
 */
export function findNeighbours(path: string, levels: number, root: string): string[] {
  const folders = [climb(dirname(path), levels, root)];
  const files: string[] = [];
  for (const folder of folders) {
    if (files.length > LIMIT || folders.length > LIMIT) break;
    for (const entry of readFolder(folder)) {
      const found = `${folder}/${entry.name}`;
      if (entry.isFile() && isSourceFile(entry.name)) files.push(found);
      else if (entry.isDirectory() && !SKIPPED.test(entry.name) && !isRootOfProject(found)) folders.push(found);
    }
  }
  return files.filter((file) => file !== path);
}

/** Is it of a kind that TypeScript reads as code? */
export function isSourceFile(fileName: string): boolean {
  return /\.[cm]?[jt]sx?$/.test(fileName);
}

const SKIPPED = /^(?:\..*|node_modules|dist)$/;

function climb(folder: string, levels: number, root: string): string {
  if (levels === 0 || !folder.startsWith(`${root}/`) || isRootOfProject(folder)) return folder;
  return climb(dirname(folder), levels - 1, root);
}

function isRootOfProject(folder: string): boolean {
  // eslint-disable-next-line phasewise/no-sync-io -- lint rules are synchronous by their host's contract
  return ["package.json", "tsconfig.json"].some((name) => existsSync(`${folder}/${name}`));
}

function readFolder(folder: string): Dirent[] {
  try {
    // eslint-disable-next-line phasewise/no-sync-io -- lint rules are synchronous by their host's contract
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

import { exists, resolveInside } from "../changes/paths.js";
import type { Plan, Write } from "../changes/plan.js";
import { readText } from "../changes/text.js";

/** The files of a workspace, with changes in memory that become one plan. */
export interface PresentFiles {
  /** The text as it is or as it was last written; `undefined` when there is no file. */
  read(path: string): Promise<string | undefined>;
  /** Writes a text, or removes the file. */
  write(path: string, text: string | null): Promise<void>;
  /** What of it differs from the workspace. */
  plan(): Plan;
}

export function openFiles(root: string): PresentFiles {
  const files = new Map<string, Write>();
  const open = async (path: string): Promise<Write> => {
    const known = files.get(path);
    if (known !== undefined) return known;
    const target = await resolveInside(root, path);
    const before = (await exists(target)) ? await readText(target, path) : null;
    const file: Write = { path, target, before, after: before };
    files.set(path, file);
    return file;
  };
  return {
    read: async (path) => (await open(path)).after ?? undefined,
    write: async (path, text) => void files.set(path, { ...(await open(path)), after: text }),
    plan: () => ({ root, writes: [...files.values()].filter(({ before, after }) => before !== after) }),
  };
}

import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { isConfigured } from "./type-checker/configured-project.js";
import { getCurrentSession } from "./type-checker/current-session.js";

/** What `phasewise doctor` learns from this program. */
interface Answer {
  /** Why the native checker does not answer; `undefined` when it does. */
  readonly failure?: string;
  /** Those of the given files that no tsconfig includes. */
  readonly uncovered: readonly string[];
}

// `phasewise doctor` runs this as a program of its own, with absolute paths of TypeScript files as JSON on standard input.
const files = JSON.parse(await text(process.stdin)) as string[];
process.stdout.write(JSON.stringify(await probe(files)));

async function probe(paths: readonly string[]): Promise<Answer> {
  try {
    const session = getCurrentSession();
    const uncovered: string[] = [];
    for (const path of paths) {
      const file = session?.open(path, await readFile(path, "utf8"));
      if (!file || !isConfigured(file.project)) uncovered.push(path);
    }
    return { uncovered };
  } catch (error) {
    return { failure: error instanceof Error ? error.message : String(error), uncovered: [] };
  }
}

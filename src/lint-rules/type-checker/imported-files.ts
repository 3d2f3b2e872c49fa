import { posix } from "node:path";
import type { SourceFile } from "./ast.js";
import type { Project } from "./types.js";

/** Which files a file depends on by its imports, asked once for each text of a file. */
export class ImportedFiles {
  #direct = new WeakMap<SourceFile, readonly string[]>();

  /** What it imports, directly or not, the nearest first, and itself; files of installed packages are left out. */
  find(sourceFile: SourceFile, project: Project): ReadonlySet<string> {
    const found = new Set<string>([sourceFile.fileName]);
    for (const name of found) {
      if (found.size > LIMIT) break;
      const file = project.program.getSourceFile(name);
      for (const imported of file ? this.#getDirect(file, project) : []) found.add(imported);
    }
    return found;
  }

  /** Where a name leads may be another file, once there are more files or fewer. */
  forget(): void {
    this.#direct = new WeakMap();
  }

  #getDirect(file: SourceFile, { checker }: Project): readonly string[] {
    let direct = this.#direct.get(file);
    if (!direct) {
      const symbols = file.imports.length > 0 ? checker.getSymbolAtLocation(file.imports) : [];
      const places = symbols.flatMap((symbol) => symbol?.declarations ?? []).map(({ path }) => String(path));
      const named = file.referencedFiles.map(({ fileName }) => posix.resolve(posix.dirname(file.fileName), fileName));
      direct = [...new Set([...places, ...named])].filter((path) => !path.includes("/node_modules/"));
      this.#direct.set(file, direct);
    }
    return direct;
  }
}

/** What is farther away is not worth the time. */
const LIMIT = 200;

import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Format } from "../changes/plan.js";

/** What is used of Prettier, of version 3. */
interface Prettier {
  getFileInfo(file: string, options: { ignorePath: string }): Promise<{ ignored: boolean; inferredParser: unknown }>;
  resolveConfig(file: string, options: { editorconfig: boolean }): Promise<object | null>;
  format(text: string, options: object): Promise<string>;
}

/** The Prettier of a workspace, with its configuration; files that it ignores or does not know stay as they are. */
export async function openPrettier(require: NodeJS.Require, root: string): Promise<Format> {
  const { default: prettier } = (await import(pathToFileURL(require.resolve("prettier")).href)) as {
    default: Prettier;
  };
  const ignorePath = join(root, ".prettierignore");
  return async (path, text) => {
    const filepath = join(root, path);
    const { ignored, inferredParser } = await prettier.getFileInfo(filepath, { ignorePath });
    if (ignored || inferredParser === null) return text;
    const config = await prettier.resolveConfig(filepath, { editorconfig: true });
    return prettier.format(text, { ...config, filepath });
  };
}

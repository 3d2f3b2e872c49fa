import { readFile } from "node:fs/promises";
import { defineModule, eventRegistry } from "../runtime-vocabulary.js";
import { mayCallContext } from "./context-calls.js";

/**
 * Those of the files that can have a part in the graph of modules, by their text. Tests have none: they make modules of
 * their own. A file that cannot be read has none either.
 */
export async function findConcerned(files: readonly string[]): Promise<string[]> {
  const candidates = files.filter((file) => !isForeign.test(file));
  const texts = await Promise.all(candidates.map((file) => readFile(file, "utf8").catch(() => "")));
  return candidates.filter((_, index) => concernsModules(texts[index]!));
}

const isForeign = /(?:\.(?:spec|test)|\.d)\.[cm]?[jt]sx?$/;

function concernsModules(text: string): boolean {
  const isNamed = text.includes(defineModule) || text.includes(eventRegistry) || mayCallContext(text);
  return isNamed && !importsTestFramework.test(text);
}

const importsTestFramework = /\bfrom\s*["'](?:@jest\/globals|@playwright\/test|mocha|node:test|vitest)["']/;

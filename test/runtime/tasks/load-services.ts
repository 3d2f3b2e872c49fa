import { readFile } from "node:fs/promises";
import { compileFunction } from "node:vm";
import * as runtime from "@phasewise/runtime";
import ts from "typescript";

/**
 * Gives the classes of `decorated-services.ts` after the compiler has lowered their decorators, which the transformer of
 * the tests leaves to an engine that does not know them.
 */
export async function loadServices(): Promise<typeof import("./decorated-services.js")> {
  const source = await readFile(new URL("decorated-services.ts", import.meta.url), "utf8");
  const { outputText } = ts.transpileModule(source, {
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.CommonJS },
  });
  const exports = {} as typeof import("./decorated-services.js");
  compileFunction(outputText, ["require", "exports"])(() => runtime, exports);
  return exports;
}

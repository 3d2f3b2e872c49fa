import { readFile } from "node:fs/promises";
import { compileFunction } from "node:vm";
import * as runtime from "@phasewise/runtime";
import * as resilience from "@phasewise/runtime/resilience";
import ts from "typescript";

/** Gives the classes of `decorated-rates.ts` after the compiler has lowered their decorators, which no engine runs yet. */
export async function loadRates(): Promise<typeof import("./decorated-rates.js")> {
  const source = await readFile(new URL("decorated-rates.ts", import.meta.url), "utf8");
  const { outputText } = ts.transpileModule(source, {
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.CommonJS },
  });
  const exports = {} as typeof import("./decorated-rates.js");
  const require = (name: string) => (name === "@phasewise/runtime" ? runtime : resilience);
  compileFunction(outputText, ["require", "exports"])(require, exports);
  return exports;
}

import type { TSESTree } from "@typescript-eslint/utils";
import { runtimePackage } from "../runtime-vocabulary.js";
import type { CheckedFile } from "../type-checker/checked-file.js";

/** Is it code of a module: does it import the runtime, or stand in a module's folder or below? Tests are none. */
export function isModuleCode({ body }: TSESTree.Program, file: CheckedFile): boolean {
  const sources = body.flatMap((node) => (node.type === "ImportDeclaration" ? [node.source.value] : []));
  if (/\.(?:spec|test)\.[cm]?[jt]sx?$/.test(file.sourceFile.fileName) || sources.some(isTestFramework)) return false;
  return sources.some(isRuntime) || isBelowModule(file);
}

function isTestFramework(source: string): boolean {
  return /^(?:@jest\/globals|@playwright\/test|mocha|node:test|vitest)$/.test(source);
}

function isRuntime(source: string): boolean {
  return source === runtimePackage || source.startsWith(`${runtimePackage}/`);
}

/** Other frameworks have files of this name, too: a module of ours imports the runtime. */
function isBelowModule({ project: { program, rootFiles }, sourceFile: { fileName } }: CheckedFile): boolean {
  return rootFiles.some((path) => {
    const folder = /^(.*\/)module\.[cm]?[jt]s$/.exec(path)?.[1];
    return folder && fileName.startsWith(folder) && program.getSourceFile(path)?.text.includes(runtimePackage);
  });
}

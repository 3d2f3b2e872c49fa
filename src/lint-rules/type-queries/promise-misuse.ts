import type { TSESTree } from "@typescript-eslint/utils";
import type { Heir } from "../syntax/heirs.js";
import type { CheckedFile } from "../type-checker/checked-file.js";
import type { Type } from "../type-checker/types.js";
import { findVoidHeritage } from "./inherited-member.js";
import { type ReturnedExpressions, findPromiseFunctions } from "./promise-function.js";

/** Code whose type tells whether a promise is misused. */
export interface ValueUse {
  readonly node: TSESTree.Node;
  readonly isMisused: (type: Type, file: CheckedFile) => boolean;
}

/** Those of the values that are misused; the types of all of them are asked in one request. */
export function findMisusedValues<Use extends ValueUse>(uses: readonly Use[], file: CheckedFile): Use[] {
  const types = file.getTypes(uses.map(({ node }) => node));
  return uses.filter((use, index) => {
    const type = types[index];
    return type !== undefined && use.isMisused(type, file);
  });
}

/** A value that may be a function that gives a promise, where its result may be dropped. */
export interface FunctionUse {
  readonly value: TSESTree.Node;
  readonly isMisused: (file: CheckedFile) => boolean;
}

/** A member, and the names of the types above by which it returns nothing. */
export interface MisusedHeir extends Heir {
  readonly above: readonly string[];
}

/** What gives a promise to a caller that drops it. Which of all the functions give one is asked together. */
export function findMisusedFunctions<Use extends FunctionUse>(
  uses: readonly Use[],
  heirs: readonly Heir[],
  returned: ReturnedExpressions,
  file: CheckedFile,
): { functions: Use[]; heirs: MisusedHeir[] } {
  const voidHeirs = heirs
    .map((heir) => ({ ...heir, above: findVoidHeritage(heir, file) }))
    .filter(({ above }) => above.length > 0);
  const promising = findPromiseFunctions(
    [...uses, ...voidHeirs].map(({ value }) => value),
    returned,
    file,
  );
  return {
    functions: uses.filter((use) => promising.has(use.value) && use.isMisused(file)),
    heirs: voidHeirs.filter(({ value }) => promising.has(value)),
  };
}

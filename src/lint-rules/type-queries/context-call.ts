import { moduleContexts, runtimePackage } from "../runtime-vocabulary.js";
import type { CheckerSymbol, Project } from "../type-checker/types.js";
import { getDeclaredName } from "./declared-name.js";

/** The call of a module's context that one of the symbols declares: `getService`, `subscribe` …, but none of an application. */
export function findContextCall(symbols: readonly CheckerSymbol[], project: Project): string | undefined {
  return symbols.find((symbol) => {
    const declared = getDeclaredName(symbol, project);
    return declared.module === runtimePackage && moduleContexts.some((context) => context === declared.container);
  })?.name;
}

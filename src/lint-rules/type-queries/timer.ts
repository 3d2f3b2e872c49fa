import { rememberById } from "../type-checker/remember.js";
import type { CheckerSymbol } from "../type-checker/types.js";
import { getDeclaredName } from "./declared-name.js";

/** The name of a function that has code run later, by declaration: `setInterval`, `queueMicrotask`, `nextTick`. */
export const findTimer = rememberById((symbol: CheckerSymbol, project): string | undefined => {
  if (!/^(?:setTimeout|setInterval|setImmediate|queueMicrotask|nextTick)$/.test(symbol.name)) return undefined;
  const { module, container } = getDeclaredName(symbol, project);
  const isNodes = module === "" || module === "timers" || module === "timers/promises";
  const isMember = container !== undefined && container !== "Process" && container !== "Window";
  return isNodes && !isMember ? symbol.name : undefined;
});

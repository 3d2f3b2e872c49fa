import type { Edit } from "./edit.js";
import { addHook, callsOf, findHook, getModuleDefinition, isFirstArgument } from "./module-definition.js";
import { fillBraces, insertBefore } from "./placement.js";
import { styleOf } from "./style.js";

/** Reads a module's settings at the beginning of its `setupModule`, so that settings which are not valid end the boot. */
export function readSettings(schema: string): Edit {
  return (file) => {
    const reads = callsOf(file, getModuleDefinition(file), "getSettings");
    if (reads.some((call) => isFirstArgument(call, schema))) return;
    const line = (context: string) => `await ${context}.getSettings(${schema})${styleOf(file).end}`;
    const hook = findHook(file, "setupModule");
    if (hook === undefined) return addHook(file, "setupModule", "initialize", line("context"));
    const first = hook.body.getStatements()[0];
    if (first === undefined) fillBraces(file, hook.body, [line(hook.context)]);
    else insertBefore(file, first, [line(hook.context)]);
  };
}

import type { Edit } from "./edit.js";
import { addHook, callsOf, findHook, getModuleDefinition, isGiven } from "./module-definition.js";
import { fillBraces, insertAfter, insertBefore } from "./placement.js";
import { styleOf } from "./style.js";

/** Registers a service in the module's `initialize`, below the last one that is registered there. */
export function registerService(id: string, className: string): Edit {
  return (file) => {
    const registrations = callsOf(file, getModuleDefinition(file), "registerService");
    if (registrations.some((call) => isGiven(file, call, id))) return;
    const { quote, end } = styleOf(file);
    const registration = `.registerService(${quote(id)}, new ${className}())${end}`;
    const hook = findHook(file, "initialize");
    if (hook === undefined) return addHook(file, "initialize", "dependencies", `context${registration}`);
    const line = hook.context + registration;
    const statements = hook.body.getStatements();
    const isRegistering = (node: (typeof statements)[number]) => callsOf(file, node, "registerService").length > 0;
    const last = statements.findLast(isRegistering) ?? statements.at(-1);
    if (last === undefined) fillBraces(file, hook.body, [line]);
    else if (file.morph.Node.isReturnStatement(last)) insertBefore(file, last, [line]);
    else insertAfter(file, last, [line]);
  };
}

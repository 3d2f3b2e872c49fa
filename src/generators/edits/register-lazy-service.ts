import type { Edit } from "./edit.js";
import { addStatement, callsOf, getModuleDefinition, isGiven } from "./module-definition.js";
import { styleOf } from "./style.js";

/** Registers a service that is made at its first use, in the module's `initialize`. */
export function registerLazyService(id: string, className: string): Edit {
  return (file) => {
    const registrations = callsOf(file, getModuleDefinition(file), "registerLazyService");
    if (registrations.some((call) => isGiven(file, call, id))) return;
    const { quote, end } = styleOf(file);
    const line = (context: string) => `${context}.registerLazyService(${quote(id)}, () => new ${className}())${end}`;
    addStatement(file, { hook: "initialize", behind: "dependencies", line });
  };
}

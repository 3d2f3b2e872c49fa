import type { Edit } from "./edit.js";
import { addStatement, callsOf, getModuleDefinition, isFirstArgument } from "./module-definition.js";
import { styleOf } from "./style.js";

/** Registers the schema of a module's settings in its `initialize`. */
export function registerSettings(schema: string): Edit {
  return (file) => {
    const registrations = callsOf(file, getModuleDefinition(file), "registerSettings");
    if (registrations.some((call) => isFirstArgument(call, schema))) return;
    const line = (context: string) => `${context}.registerSettings(${schema})${styleOf(file).end}`;
    addStatement(file, { hook: "initialize", behind: "dependencies", line });
  };
}

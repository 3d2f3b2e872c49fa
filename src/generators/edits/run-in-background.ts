import type { Edit } from "./edit.js";
import { addStatement, callsOf, getModuleDefinition, isGiven } from "./module-definition.js";
import { styleOf } from "./style.js";

/** Runs a function of `(context, signal)` in the background, from the module's `start` until the module stops. */
export function runInBackground(name: string, work: string): Edit {
  return (file) => {
    const tasks = callsOf(file, getModuleDefinition(file), "background");
    if (tasks.some((call) => isGiven(file, call, name))) return;
    const { quote, end } = styleOf(file);
    const line = (context: string) =>
      `${context}.background(${quote(name)}, (signal) => ${work}(${context}, signal))${end}`;
    addStatement(file, { hook: "start", behind: "setupModule", line });
  };
}

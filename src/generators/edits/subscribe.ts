import type { Edit } from "./edit.js";
import { addStatement, callsOf, getModuleDefinition, isGiven } from "./module-definition.js";
import { styleOf } from "./style.js";

/** Subscribes a handler to an event in the module's `initialize`. */
export function subscribe(event: string, handler: string): Edit {
  return (file) => {
    const subscriptions = callsOf(file, getModuleDefinition(file), "subscribe");
    const isSame = (call: (typeof subscriptions)[number]) =>
      isGiven(file, call, event) && call.getArguments()[1]?.getText() === handler;
    if (subscriptions.some(isSame)) return;
    const { quote, end } = styleOf(file);
    const line = (context: string) => `${context}.subscribe(${quote(event)}, ${handler})${end}`;
    addStatement(file, { hook: "initialize", behind: "dependencies", line });
  };
}

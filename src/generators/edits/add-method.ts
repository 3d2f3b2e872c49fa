import { getClass } from "./get-class.js";
import type { Edit } from "./edit.js";
import { linesOfMethod, type Method } from "./method-text.js";
import { fillBraces, insertAfter } from "./placement.js";

/** Adds a method to a service, behind its last member. */
export function addMethod(className: string, method: Method): Edit {
  return (file) => {
    const service = getClass(file, className);
    if (service.getInstanceMember(method.name) !== undefined) return;
    const lines = linesOfMethod(file, method);
    const last = service.getMembers().at(-1);
    if (last === undefined) fillBraces(file, service, lines);
    else insertAfter(file, last, ["", ...lines]);
  };
}

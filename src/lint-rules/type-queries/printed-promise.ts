import { rememberById } from "../type-checker/remember.js";
import type { Project, Type } from "../type-checker/types.js";
import { getUsableMembers } from "./awaitable.js";
import { isInDefaultLibrary } from "./declared-name.js";
import { isPromise } from "./promise.js";

/** Can it be a promise that a text shows as `[object Promise]`? One with a `toString` of its own cannot. */
export const isPrintedAsPromise = rememberById((type: Type, project): boolean =>
  getUsableMembers(type, project).some((member) => isPromise(member, project) && !hasOwnText(member, project)),
);

function hasOwnText(type: Type, project: Project): boolean {
  const toString = project.checker.getPropertyOfType(type, "toString");
  return toString !== undefined && !isInDefaultLibrary(toString, project);
}

import { declareMember } from "./declare-member.js";
import type { Edit } from "./edit.js";

/** Declares the type of a service in `ServiceRegistry`, so that its id is known to `getService`. */
export function declareServiceType(id: string, className: string): Edit {
  return (file) => declareMember(file, "ServiceRegistry", id, className);
}

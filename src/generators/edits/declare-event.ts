import { declareMember } from "./declare-member.js";
import type { Edit } from "./edit.js";

/** Declares the type of an event's data in `EventRegistry`, so that the event can be published and subscribed to. */
export function declareEvent(event: string, dataType: string): Edit {
  return (file) => declareMember(file, "EventRegistry", event, dataType);
}

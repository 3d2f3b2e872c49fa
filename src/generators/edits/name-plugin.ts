import { listInConfiguration } from "./configuration-list.js";
import type { Edit } from "./edit.js";

/** Names an imported plugin among the `plugins` of the configuration. */
export function namePlugin(name: string): Edit {
  return (file) => listInConfiguration(file, "plugins", name);
}

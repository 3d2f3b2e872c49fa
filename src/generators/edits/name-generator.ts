import { listInConfiguration } from "./configuration-list.js";
import type { Edit } from "./edit.js";
import { styleOf } from "./style.js";

/** Names the file of a generator among the `generators` of the configuration. */
export function nameGenerator(path: string): Edit {
  return (file) => listInConfiguration(file, "generators", styleOf(file).quote(path));
}

import type { PluginRule } from "./define-rule.js";
import requireResultReturn from "./rules/results/require-result-return.js";
import noBusyWait from "./rules/tasks/no-busy-wait.js";
import noSyncIo from "./rules/tasks/no-sync-io.js";

/** All rules by their name without the prefix `phasewise/`. */
export const rules = {
  "no-busy-wait": noBusyWait,
  "no-sync-io": noSyncIo,
  "require-result-return": requireResultReturn,
} satisfies Record<string, PluginRule>;

import type { PluginRule } from "./define-rule.js";
import noEarlyServiceAccess from "./rules/modules/no-early-service-access.js";
import requireResultReturn from "./rules/results/require-result-return.js";
import noFloatingPromises from "./rules/tasks/no-floating-promises.js";
import noMisusedPromises from "./rules/tasks/no-misused-promises.js";
import noSyncIo from "./rules/tasks/no-sync-io.js";

/** All rules by their name without the prefix `phasewise/`. */
export const rules = {
  "no-early-service-access": noEarlyServiceAccess,
  "no-floating-promises": noFloatingPromises,
  "no-misused-promises": noMisusedPromises,
  "no-sync-io": noSyncIo,
  "require-result-return": requireResultReturn,
} satisfies Record<string, PluginRule>;

import type { PluginRule } from "./define-rule.js";
import noEarlyServiceAccess from "./rules/modules/no-early-service-access.js";
import requireResultReturn from "./rules/results/require-result-return.js";
import noDetachedTask from "./rules/tasks/no-detached-task.js";
import noFloatingPromises from "./rules/tasks/no-floating-promises.js";
import noSyncIo from "./rules/tasks/no-sync-io.js";
import requireTimeout from "./rules/tasks/require-timeout.js";

/** All rules by their name without the prefix `phasewise/`. */
export const rules = {
  "no-detached-task": noDetachedTask,
  "no-early-service-access": noEarlyServiceAccess,
  "no-floating-promises": noFloatingPromises,
  "no-sync-io": noSyncIo,
  "require-result-return": requireResultReturn,
  "require-timeout": requireTimeout,
} satisfies Record<string, PluginRule>;

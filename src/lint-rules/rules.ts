import type { PluginRule } from "./define-rule.js";
import noCircularDependency from "./rules/modules/no-circular-dependency.js";
import noEarlyServiceAccess from "./rules/modules/no-early-service-access.js";
import noUndeclaredDependency from "./rules/modules/no-undeclared-dependency.js";
import requireAsyncHook from "./rules/modules/require-async-hook.js";
import requireResultReturn from "./rules/results/require-result-return.js";
import noFloatingPromises from "./rules/tasks/no-floating-promises.js";
import noSyncIo from "./rules/tasks/no-sync-io.js";

/** All rules by their name without the prefix `phasewise/`. */
export const rules = {
  "no-circular-dependency": noCircularDependency,
  "no-early-service-access": noEarlyServiceAccess,
  "no-floating-promises": noFloatingPromises,
  "no-sync-io": noSyncIo,
  "no-undeclared-dependency": noUndeclaredDependency,
  "require-async-hook": requireAsyncHook,
  "require-result-return": requireResultReturn,
} satisfies Record<string, PluginRule>;

import type { PluginRule } from "./define-rule.js";
import noEarlyServiceAccess from "./rules/modules/no-early-service-access.js";
import requireResultReturn from "./rules/results/require-result-return.js";
import noConstructorWork from "./rules/services/no-constructor-work.js";
import noGetterWork from "./rules/services/no-getter-work.js";
import requireAsyncServiceMethod from "./rules/services/require-async-service-method.js";
import requireInitializedCheck from "./rules/services/require-initialized-check.js";
import noFloatingPromises from "./rules/tasks/no-floating-promises.js";
import noSyncIo from "./rules/tasks/no-sync-io.js";

/** All rules by their name without the prefix `phasewise/`. */
export const rules = {
  "no-constructor-work": noConstructorWork,
  "no-early-service-access": noEarlyServiceAccess,
  "no-floating-promises": noFloatingPromises,
  "no-getter-work": noGetterWork,
  "no-sync-io": noSyncIo,
  "require-async-service-method": requireAsyncServiceMethod,
  "require-initialized-check": requireInitializedCheck,
  "require-result-return": requireResultReturn,
} satisfies Record<string, PluginRule>;

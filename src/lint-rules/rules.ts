import type { PluginRule } from "./define-rule.js";
import requireDisableReason from "./rules/comments/require-disable-reason.js";
import noCircularDependency from "./rules/modules/no-circular-dependency.js";
import noEarlyServiceAccess from "./rules/modules/no-early-service-access.js";
import noImportSideEffect from "./rules/modules/no-import-side-effect.js";
import noLayerViolation from "./rules/modules/no-layer-violation.js";
import noProcessSignalHandler from "./rules/modules/no-process-signal-handler.js";
import noUndeclaredDependency from "./rules/modules/no-undeclared-dependency.js";
import requireAsyncHook from "./rules/modules/require-async-hook.js";
import requireDisposal from "./rules/resources/require-disposal.js";
import requireTransaction from "./rules/resources/require-transaction.js";
import noThrowInService from "./rules/results/no-throw-in-service.js";
import noUnhandledResult from "./rules/results/no-unhandled-result.js";
import requireResultReturn from "./rules/results/require-result-return.js";
import noConstructorWork from "./rules/services/no-constructor-work.js";
import noGetterWork from "./rules/services/no-getter-work.js";
import requireAsyncServiceMethod from "./rules/services/require-async-service-method.js";
import requireInitializedCheck from "./rules/services/require-initialized-check.js";
import noDetachedTask from "./rules/tasks/no-detached-task.js";
import noFloatingPromises from "./rules/tasks/no-floating-promises.js";
import noMisusedPromises from "./rules/tasks/no-misused-promises.js";
import noSyncIo from "./rules/tasks/no-sync-io.js";
import preferAsyncAwait from "./rules/tasks/prefer-async-await.js";
import preferConcurrentAwait from "./rules/tasks/prefer-concurrent-await.js";
import requireTimeout from "./rules/tasks/require-timeout.js";

/** All rules by their name without the prefix `phasewise/`. */
export const rules = {
  "no-circular-dependency": noCircularDependency,
  "no-constructor-work": noConstructorWork,
  "no-detached-task": noDetachedTask,
  "no-early-service-access": noEarlyServiceAccess,
  "no-floating-promises": noFloatingPromises,
  "no-getter-work": noGetterWork,
  "no-import-side-effect": noImportSideEffect,
  "no-layer-violation": noLayerViolation,
  "no-misused-promises": noMisusedPromises,
  "no-process-signal-handler": noProcessSignalHandler,
  "no-sync-io": noSyncIo,
  "no-throw-in-service": noThrowInService,
  "no-undeclared-dependency": noUndeclaredDependency,
  "no-unhandled-result": noUnhandledResult,
  "prefer-async-await": preferAsyncAwait,
  "prefer-concurrent-await": preferConcurrentAwait,
  "require-async-hook": requireAsyncHook,
  "require-async-service-method": requireAsyncServiceMethod,
  "require-disable-reason": requireDisableReason,
  "require-disposal": requireDisposal,
  "require-initialized-check": requireInitializedCheck,
  "require-result-return": requireResultReturn,
  "require-timeout": requireTimeout,
  "require-transaction": requireTransaction,
} satisfies Record<string, PluginRule>;

/**
 * The services of an application by id. Each module declares its own:
 *
 * @example
 * ```ts
 * import { Service } from "@phasewise/runtime";
 *
 * export class InvoiceService extends Service {}
 *
 * declare module "@phasewise/runtime" {
 *   interface ServiceRegistry {
 *     "billing.invoices": InvoiceService;
 *   }
 * }
 * ```
 */
export interface ServiceRegistry {}

/**
 * The data of the events of an application by type. Each module declares what it publishes:
 *
 * @example
 * ```ts
 * declare module "@phasewise/runtime" {
 *   interface EventRegistry {
 *     "billing.invoice-paid": { invoiceId: string };
 *   }
 * }
 *
 * export {};
 * ```
 */
export interface EventRegistry {}

export { PhasewiseError } from "./results/coded-error.js";
export { UnwrapError } from "./results/errors.js";
export type { Failure, ResultError, Success } from "./results/outcome.js";
export { type CodeOf, type DataOf, Result, type ResultErrorOptions } from "./results/result.js";

export { type Clock, currentClock, systemClock } from "./tasks/clock.js";
export { TaskError, type TaskErrorCode, TaskGroupError } from "./tasks/errors.js";
export { retry } from "./tasks/retry.js";
export { settleAll, type Settled } from "./tasks/settle-all.js";
export { sleep, type SleepOptions } from "./tasks/sleep.js";
export { type TaskGroup, taskGroup, type TaskGroupOptions } from "./tasks/task-group.js";
export { timeout } from "./tasks/timeout.js";
export { findConnection, transaction } from "./tasks/transaction.js";
export type { OpenTransaction, TransactionOptions, TransactionSource } from "./tasks/transaction-source.js";
export { transactional } from "./tasks/transactional.js";
export { type Attempt, type RetryOptions, type RetrySchedule, withRetry } from "./tasks/with-retry.js";
export { type TimeoutOptions, withTimeout } from "./tasks/with-timeout.js";

export type { CloudEvent } from "./events/cloud-event.js";
export { EventError, type EventErrorCode } from "./events/errors.js";
export type { EventContext, EventSubscriptions, PublishOptions, WaitForOptions } from "./events/event-context.js";
export type {
  EventHandler,
  HandlerContext,
  ListenOptions,
  SubscribeOptions,
  Subscription,
} from "./events/event-handler.js";
export type { HandlerFailure, PublishFailure, PublishResult } from "./events/publication.js";
export type { EventDataOf, EventOf, EventPattern, EventType } from "./events/registry.js";

export type { SchemaIssue, SchemaOutcome, StandardSchema } from "./settings/schema.js";
export { SettingsError, type SettingsErrorCode, type SettingsIssue } from "./settings/settings-error.js";
export type { SettingsOptions } from "./settings/settings-loader.js";

export type { ActivationContext, WaitOptions } from "./services/activation-context.js";
export { createLogger, type LoggerOptions } from "./services/create-logger.js";
export { initialized } from "./services/initialized.js";
export type { LogFields, Logger, LogLevel } from "./services/logger.js";
export type { ServiceId, ServiceOf } from "./services/registry.js";
export { Service } from "./services/service.js";

export type { Application } from "./modules/application.js";
export type { ApplicationOptions, BootOptions } from "./modules/application-options.js";
export type { DependencyFinding } from "./modules/boot-analysis.js";
export type { BootReport, ModuleReport, PhaseReport, SynchronousHook } from "./modules/boot-report.js";
export { createApplication } from "./modules/create-application.js";
export type { CriticalPath, ModuleMargin } from "./modules/critical-path.js";
export {
  defineModule,
  type InstallationChange,
  type Module,
  type ModuleDefinition,
  type ModuleDependency,
} from "./modules/define-module.js";
export { formatBootReport } from "./modules/format-boot-report.js";
export type { HookName, HookOutcome, ModuleHook, SetupHook } from "./modules/hooks.js";
export {
  type Installation,
  InstallationError,
  type InstallationErrorCode,
  type InstallationStore,
} from "./modules/installation-store.js";
export type { FailurePolicy } from "./modules/module-boot.js";
export { ModuleError, type ModuleErrorCode } from "./modules/module-error.js";
export type { ApplicationStatus, LivingStatus, ModuleState, ModuleTransition, Phase } from "./modules/module-state.js";
export type { RegistrationContext } from "./modules/registration-context.js";
export { runApplication, type RunApplicationOptions } from "./modules/run-application.js";

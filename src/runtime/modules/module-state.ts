import type { ModuleError } from "./module-error.js";

/** The parts of a module's life that take time. */
export type Phase = "registration" | "activation" | "installation" | "start" | "stop" | "uninstallation";

/** The statuses of a module that nothing has gone wrong with. */
export type LivingStatus =
  | "known"
  | "registering"
  | "registered"
  | "activating"
  | "installing"
  | "active"
  | "starting"
  | "started"
  | "stopping"
  | "uninstalling"
  | "stopped";

/** Where a module is in its life: exactly one of these at a time. A module that failed or was blocked stays so when it is stopped. */
export type ModuleState =
  | { readonly status: LivingStatus }
  | { readonly status: "failed"; readonly phase: Phase; readonly error: ModuleError }
  /** With `onModuleFailure: "isolate"`: `by` is the id of the failed module that this one depends on, directly or not. */
  | { readonly status: "blocked"; readonly by: string; readonly reason: string };

export type ModuleStatus = ModuleState["status"];

/** Where an application is in its life. A boot that failed has stopped its modules. */
export type ApplicationStatus = "created" | "starting" | "running" | "stopping" | "stopped" | "failed";

/** A module's step from one state to the next, as `app.onTransition` tells it. */
export interface ModuleTransition {
  readonly moduleId: string;
  readonly from: ModuleState;
  readonly to: ModuleState;
}

/** Every step that a module may take. A module that is started again begins with its registration. */
export const transitions: Readonly<Record<ModuleStatus, readonly ModuleStatus[]>> = {
  known: ["registering"],
  registering: ["registered", "failed", "stopping"],
  registered: ["activating", "blocked", "stopping"],
  activating: ["installing", "active", "failed", "stopping"],
  installing: ["active", "failed", "stopping"],
  active: ["starting", "blocked", "stopping"],
  starting: ["started", "failed", "stopping"],
  started: ["stopping"],
  stopping: ["uninstalling", "stopped", "failed", "blocked"],
  uninstalling: ["stopped", "failed"],
  stopped: ["registering"],
  failed: ["stopping", "registering"],
  blocked: ["stopping", "registering"],
};

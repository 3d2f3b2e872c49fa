import type { Result } from "../results/result.js";
import type { ActivationContext } from "../services/activation-context.js";

/** What a hook answers: nothing, or a Result. A Failure fails the hook just as a rejection does. */
export type HookOutcome = void | Result<unknown>;

/** A piece of activation work, registered in phase 1 and run in phase 2 after `setupModule`. */
export type SetupHook = (context: ActivationContext) => Promise<HookOutcome>;

/** The hooks that a module may have. */
export type ModuleHook = "initialize" | "setupModule" | "install" | "start" | "stop" | "uninstall";

export const moduleHooks: readonly ModuleHook[] = [
  "initialize",
  "setupModule",
  "install",
  "start",
  "stop",
  "uninstall",
];

/** How messages call the hook that ran. */
export type HookName = ModuleHook | "setup hook" | "disposal";

/** The names of `@phasewise/runtime` that the rules know. This file alone spells them; a test holds it to the package. */
export const runtimePackage = "@phasewise/runtime";

export const serviceBase = "Service";
export const resultMembers = ["Success", "Failure"] as const;
export const defineModule = "defineModule";

/** The hook of a module that runs in phase 1. */
export const registrationHook = "initialize";

/** What a service's base class calls by itself, and users therefore do not: no part of a service's own interface. */
export const activationContext = "ActivationContext";

/** What only phase 2 may ask of its context. */
export const activationCalls = [
  "getService",
  "findService",
  "getLazyService",
  "getSettings",
  "waitForModule",
  "publish",
  "publishAndForget",
  "waitFor",
  "events",
  "background",
] as const;

/** Functions that keep the callback they are given and run it after phase 1, or outside of the caller. */
export const callbackKeepers = ["registerSetupHook", "registerLazyService", "subscribe", "once", "background"] as const;

/** Those who await the tasks that they are given and answer for their failures: nobody else has to. */
export const taskOwners = ["TaskGroup", "TaskRunner"] as const;

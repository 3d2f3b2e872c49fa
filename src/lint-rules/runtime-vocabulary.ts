/** The names of `@phasewise/runtime` that the rules know. This file alone spells them; a test holds it to the package. */
export const runtimePackage = "@phasewise/runtime";

export const serviceBase = "Service";
export const resultType = "Result";
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

/** The public method of a service that runs its hook {@link initializationHook}, once. */
export const serviceInitialization = "initialize";

/** The hook of a service that acquires what its methods use. */
export const initializationHook = "onInitialize";

/** What answers whether a service is initialized, the decorator that asks it, and the code of the Failure. */
export const initializedCheck = "requireInitialized";
export const initializedDecorator = "initialized";
export const notInitialized = "NOT_INITIALIZED";

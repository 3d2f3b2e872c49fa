/** The names of `@phasewise/runtime` that the rules know. This file alone spells them; a test holds it to the package. */
export const runtimePackage = "@phasewise/runtime";

export const serviceBase = "Service";
export const resultType = "Result";
export const resultMembers = ["Success", "Failure"] as const;
/** What a Success alone has, and what tells it from a Failure. */
export const resultData = "data";
export const resultChecks = ["success", "error"] as const;
/** What a pool or a semaphore lends to one holder at a time. */
export const leaseTypes = ["Lease", "Permit"] as const;
export const defineModule = "defineModule";
export const runApplication = "runApplication";

/** The hook of a module that runs in phase 1. */
export const registrationHook = "initialize";

/** The hook of a module that runs in phase 2. */
export const activationHook = "setupModule";

/** All hooks of a module. */
export const moduleHooks = [registrationHook, activationHook, "install", "start", "stop", "uninstall"] as const;

/** What a service overrides to acquire and release what it needs. */
export const serviceHooks = ["onInitialize", "onDispose"] as const;

/** What phase 1 adds more activation work with. */
export const setupHookRegistration = "registerSetupHook";

/** The lists in which a module names others. */
export const dependencies = "dependencies";
export const optionalDependencies = "optionalDependencies";

/** What a module is given to use others with. The last two hold what the first two have in common. */
export const moduleContexts = [
  "RegistrationContext",
  "ActivationContext",
  "EventContext",
  "EventSubscriptions",
] as const;

/** The calls of a context that ask for a service by its id; the last one for a service that need not be there. */
export const optionalServiceCall = "findService";
export const serviceCalls = ["getService", "getLazyService", optionalServiceCall] as const;

/** The calls of a context that offer a service under an id. */
export const serviceRegistrations = ["registerService", "registerLazyService"] as const;

/** The calls of a context that listen to events by a pattern. */
export const eventCalls = ["subscribe", "once", "waitFor", "events"] as const;

/** The calls of a context that tell the listeners of an event. */
export const publishCalls = ["publish", "publishAndForget"] as const;

/** Where modules declare the types of their events. */
export const eventRegistry = "EventRegistry";

/** Where tests find fakes of services, which every module may use. */
export const testingPackage = "@phasewise/runtime/testing";

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

/** Functions whose promise no failure of the work rejects, but an abort of the signal that they were given. */
export const steadyFunctions = ["sleep", "settleAll", "gather", "whenRoom", "drain", "publish"] as const;

/** Those who await the tasks that they are given and answer for their failures: nobody else has to. */
export const taskGroup = "TaskGroup";
export const taskOwners = [taskGroup, "TaskRunner"] as const;
/** The public method of a service that runs its hook {@link initializationHook}, once. */
export const serviceInitialization = "initialize";

/** The hook of a service that acquires what its methods use. */
export const initializationHook = "onInitialize";

/** What answers whether a service is initialized, the decorator that asks it, and the code of the Failure. */
export const initializedCheck = "requireInitialized";
export const initializedDecorator = "initialized";
export const notInitialized = "NOT_INITIALIZED";

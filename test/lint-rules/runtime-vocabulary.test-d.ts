import type {
  ActivationContext,
  EventContext,
  EventSubscriptions,
  Failure,
  ModuleDefinition,
  ModuleHook,
  RegistrationContext,
  Success,
  TaskGroup,
} from "@phasewise/runtime";
import type { Lease } from "@phasewise/runtime/resources";
import type { Permit, TaskRunner } from "@phasewise/runtime/tasks";
import { expectTypeOf, test } from "vitest";
import type * as vocabulary from "../../src/lint-rules/runtime-vocabulary.js";

type Vocabulary = typeof vocabulary;

/** Types have no value to look for: that they are imported here proves that they are exported. */
interface ExportedTypes {
  ActivationContext: ActivationContext;
  EventContext: EventContext;
  EventSubscriptions: EventSubscriptions;
  Failure: Failure;
  RegistrationContext: RegistrationContext;
  Lease: Lease<unknown>;
  Permit: Permit;
  Success: Success<unknown>;
  TaskGroup: TaskGroup;
  TaskRunner: TaskRunner;
}

type FunctionIn<Parameters extends readonly unknown[]> = Extract<
  Parameters[number],
  (...parameters: never) => Promise<unknown>
>;

/** The calls of a context that are given a function. */
type CallbackKeeper<Context> = {
  [Name in keyof Context]: Context[Name] extends (...parameters: infer Given) => unknown
    ? [FunctionIn<Required<Given>>] extends [never]
      ? never
      : Name
    : never;
}[keyof Context];

test("the runtime has the types that the rules know", () => {
  type Known = Vocabulary["moduleContexts" | "resultMembers" | "leaseTypes" | "taskOwners"][number];
  expectTypeOf<Known | Vocabulary["activationContext"]>().toEqualTypeOf<keyof ExportedTypes>();
});

test("the hook of phase 1 is a hook of a module, and takes the registration context", () => {
  expectTypeOf<Vocabulary["registrationHook"]>().toExtend<keyof ModuleDefinition>();
  expectTypeOf<NonNullable<ModuleDefinition[Vocabulary["registrationHook"]]>>()
    .parameter(0)
    .toEqualTypeOf<RegistrationContext>();
});

test("the rules know the calls that only phase 2 may make, and no others", () => {
  type OnlyInPhase2 = Exclude<keyof ActivationContext, keyof RegistrationContext>;
  expectTypeOf<OnlyInPhase2>().toEqualTypeOf<Vocabulary["activationCalls"][number]>();
});

test("the rules know the calls that keep a callback, and no others", () => {
  type Keepers = CallbackKeeper<RegistrationContext> | CallbackKeeper<ActivationContext> | "registerLazyService";
  expectTypeOf<Keepers>().toEqualTypeOf<Vocabulary["callbackKeepers"][number]>();
});

test("the rules know the hooks of a module, and its lists of other modules", () => {
  expectTypeOf<Vocabulary["moduleHooks"][number]>().toEqualTypeOf<ModuleHook>();
  expectTypeOf<Vocabulary["dependencies"] | Vocabulary["optionalDependencies"]>().toExtend<keyof ModuleDefinition>();
});

test("the rules know the calls by which modules use each other", () => {
  type Known = Vocabulary["serviceCalls"][number] | Vocabulary["eventCalls"][number];
  type Registrations = Vocabulary["serviceRegistrations"][number] | Vocabulary["setupHookRegistration"];
  expectTypeOf<Known>().toExtend<keyof ActivationContext>();
  expectTypeOf<Registrations>().toExtend<keyof RegistrationContext>();
  expectTypeOf<Vocabulary["eventCalls"][number]>().toEqualTypeOf<
    Exclude<keyof EventContext, "publish" | "publishAndForget">
  >();
});

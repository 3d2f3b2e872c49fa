import type {
  ActivationContext,
  Failure,
  ModuleDefinition,
  RegistrationContext,
  Success,
  TaskGroup,
} from "@phasewise/runtime";
import type { TaskRunner } from "@phasewise/runtime/tasks";
import { expectTypeOf, test } from "vitest";
import type * as vocabulary from "../../src/lint-rules/runtime-vocabulary.js";

type Vocabulary = typeof vocabulary;

/** Types have no value to look for: that they are imported here proves that they are exported. */
interface ExportedTypes {
  ActivationContext: ActivationContext;
  Failure: Failure;
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
  expectTypeOf<
    Vocabulary["activationContext"] | Vocabulary["resultMembers"][number] | Vocabulary["taskOwners"][number]
  >().toEqualTypeOf<keyof ExportedTypes>();
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

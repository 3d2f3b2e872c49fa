import type {
  ActivationContext,
  InstallationChange,
  ModuleDefinition,
  RegistrationContext,
  Result,
  Service,
  StandardSchema,
  Subscription,
} from "@phasewise/runtime";
import { describe, expectTypeOf, it } from "vitest";
import "../events/registry.js";
import type { Counter } from "../registry.js";

declare const registration: RegistrationContext;
declare const activation: ActivationContext;
declare const schema: StandardSchema<{ readonly port: number }>;

type PhaseTwoCall =
  | "getService"
  | "findService"
  | "getLazyService"
  | "getSettings"
  | "waitForModule"
  | "publish"
  | "publishAndForget"
  | "waitFor"
  | "events"
  | "background";

type PhaseOneCall = "registerService" | "registerLazyService" | "registerSettings" | "registerSetupHook";

describe("a RegistrationContext", () => {
  it("has no call of phase 2, and those of phase 1", () => {
    expectTypeOf<Extract<keyof RegistrationContext, PhaseTwoCall>>().toBeNever();
    expectTypeOf<PhaseOneCall | "subscribe" | "once">().toExtend<keyof RegistrationContext>();
  });

  it("is no ActivationContext, nor the other way round", () => {
    expectTypeOf(registration).not.toExtend<ActivationContext>();
    expectTypeOf(activation).not.toExtend<RegistrationContext>();
  });

  it("registers lazy services of their declared type", () => {
    registration.registerLazyService("alpha.counter", () => ({ count: 1 }));
    registration.registerLazyService("alpha.counter", async ({ getService }) => getService("alpha.other"));
    // @ts-expect-error not a Counter
    registration.registerLazyService("alpha.counter", () => ({ total: 1 }));
    // @ts-expect-error not a Counter
    registration.registerLazyService("alpha.counter", async () => ({ total: 1 }));
    // @ts-expect-error nobody declares this id
    registration.registerLazyService("alpha.unknown", () => ({ count: 1 }));
  });

  it("registers setup hooks that are async and get the context of phase 2", () => {
    registration.registerSetupHook(async (context) => void expectTypeOf(context).toEqualTypeOf<ActivationContext>());
    // @ts-expect-error a setup hook is async
    registration.registerSetupHook(() => {}); // eslint-disable-line phasewise/require-async-hook -- the types refuse it
  });

  it("registers any Standard Schema, with the paths of its secrets", () => {
    registration.registerSettings(schema, { secrets: ["smtp.password"] });
    // @ts-expect-error no schema
    registration.registerSettings({ port: 1 });
  });
});

describe("an ActivationContext", () => {
  it("has all calls of phase 2, and none of phase 1", () => {
    expectTypeOf<PhaseTwoCall>().toExtend<keyof ActivationContext>();
    expectTypeOf<Extract<keyof ActivationContext, PhaseOneCall>>().toBeNever();
  });

  it("gives services of their declared type", () => {
    expectTypeOf(activation.getService("alpha.counter")).toEqualTypeOf<Counter>();
    expectTypeOf(activation.findService("alpha.counter")).toEqualTypeOf<Counter | undefined>();
    expectTypeOf(activation.getLazyService("beta.service")).toEqualTypeOf<Promise<Service>>();
    // @ts-expect-error nobody declares this id
    activation.findService("alpha.unknown");
    // @ts-expect-error nobody declares this id
    void activation.getLazyService("alpha.unknown");
  });

  it("gives settings of the type that their schema has", () => {
    expectTypeOf(activation.getSettings(schema)).toEqualTypeOf<Promise<{ readonly port: number }>>();
  });

  it("publishes and awaits events of their declared data", () => {
    void activation.publish("stock.low", { item: 1 });
    activation.publishAndForget("stock.low", { item: 1 });
    // @ts-expect-error the data of another type
    void activation.publish("stock.low", { orderId: "o-1" });
    // @ts-expect-error nobody declares this type
    activation.publishAndForget("stock.high", { item: 1 });
    const subscription = activation.subscribe("stock.low", async ({ data }) => expectTypeOf(data.item).toBeNumber());
    expectTypeOf(subscription).toEqualTypeOf<Subscription>();
    expectTypeOf(activation.waitFor("stock.low")).resolves.toExtend<Result<{ data: { item: number } }, "TIMED_OUT">>();
  });
});

describe("the hooks", () => {
  it("get the context of their phase", () => {
    type ContextOf<Hook extends keyof ModuleDefinition> = Parameters<
      Extract<ModuleDefinition[Hook], (...values: never[]) => unknown>
    >[0];
    expectTypeOf<ContextOf<"initialize">>().toEqualTypeOf<RegistrationContext>();
    expectTypeOf<
      ContextOf<"setupModule" | "install" | "start" | "stop" | "uninstall">
    >().toEqualTypeOf<ActivationContext>();
  });

  it("are told what was installed before", () => {
    expectTypeOf<InstallationChange["previousVersion"]>().toEqualTypeOf<string | undefined>();
  });
});

import {
  type ActivationContext,
  type RegistrationContext,
  type Result,
  Service,
  type ServiceId,
} from "@phasewise/runtime";
import { describe, expectTypeOf, it } from "vitest";
import type { Counter } from "../registry.js";

declare const activation: ActivationContext;
declare const registration: RegistrationContext;

describe("Service.initialize", () => {
  it("takes no settings where the service declares none", () => {
    class PlainService extends Service {}
    expectTypeOf(new PlainService().initialize(activation)).resolves.toExtend<Result<unknown>>();
    // @ts-expect-error it has no settings
    void new PlainService().initialize(activation, { url: "" });
  });

  it("demands the settings that the service declares", () => {
    class ConfiguredService extends Service<{ url: string }> {}
    void new ConfiguredService().initialize(activation, { url: "" });
    // @ts-expect-error the settings are missing
    void new ConfiguredService().initialize(activation);
  });

  it("is not possible in phase 1", () => {
    class PlainService extends Service {}
    // @ts-expect-error a registration context is no activation context
    void new PlainService().initialize(registration);
  });
});

describe("service ids", () => {
  it("are those that modules declare", () => {
    expectTypeOf<"alpha.counter">().toExtend<ServiceId>();
    expectTypeOf<"alpha.unknown">().not.toExtend<ServiceId>();
  });

  it("give services of their declared type, in phase 2 only", () => {
    expectTypeOf(activation.getService("alpha.counter")).toEqualTypeOf<Counter>();
    // @ts-expect-error nobody declares this id
    activation.getService("alpha.unknown");
    // @ts-expect-error phase 1 has no services
    void registration.getService;
  });

  it("take services of their declared type", () => {
    registration.registerService("alpha.counter", { count: 1 });
    // @ts-expect-error not a Counter
    registration.registerService("alpha.counter", { total: 1 });
  });
});

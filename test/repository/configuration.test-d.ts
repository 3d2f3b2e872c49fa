import type plugin from "@phasewise/eslint-plugin";
import { defineConfig, type PhasewiseConfig, type RuleName } from "phasewise";
import { expectTypeOf, test } from "vitest";

test("a configuration names the rules of the plugin, and no others", () => {
  expectTypeOf<RuleName>().toEqualTypeOf<keyof typeof plugin.rules>();
});

test("the plugin takes every configuration that the gate takes, and the other way round", () => {
  expectTypeOf<PhasewiseConfig>().toExtend<Parameters<typeof plugin.configure>[0]>();
  type Shared = "extends" | "rules" | "settings" | "ignores" | "overrides" | "maxWarnings";
  expectTypeOf<Pick<Parameters<typeof plugin.configure>[0], Shared>>().toExtend<Pick<PhasewiseConfig, Shared>>();
});

test("a misspelled rule, severity or key is an error of types", () => {
  // @ts-expect-error -- no rule has this name
  defineConfig({ rules: { "no-sync-oi": "off" } });
  defineConfig({ rules: { "local/no-busy-wait": "off" } });
  expectTypeOf<{ rules: { "no-sync-io": "fatal" } }>().not.toExtend<PhasewiseConfig>();
  expectTypeOf<{ extends: "best" }>().not.toExtend<PhasewiseConfig>();
});

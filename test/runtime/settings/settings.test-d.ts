import type { StandardSchemaV1 } from "@standard-schema/spec";
import { describe, expectTypeOf, it } from "vitest";
import type { StandardSchema } from "../../../src/runtime/settings/schema.js";
import { SettingsLoader } from "../../../src/runtime/settings/settings-loader.js";

const loader = new SettingsLoader();

describe("settings", () => {
  it("have the type of the schema's output", () => {
    const schema = {} as StandardSchema<{ port: number }>;
    expectTypeOf(loader.load("mail", schema)).resolves.toEqualTypeOf<{ port: number }>();
  });

  it("have the output type of a schema of any library that implements the standard", () => {
    const schema = {} as StandardSchemaV1<{ port?: string }, { port: number }>;
    expectTypeOf(loader.load("mail", schema)).resolves.toEqualTypeOf<{ port: number }>();
  });

  it("have the type of what a schema without declared types gives", () => {
    const schema = {
      "~standard": { version: 1, vendor: "test", validate: async () => ({ value: { port: 80 } }) },
    } as const;
    expectTypeOf(loader.load("mail", schema)).resolves.toExtend<{ port: number }>();
  });

  it("are validated by nothing but a Standard Schema", () => {
    // @ts-expect-error a function that parses is no schema
    void loader.load("mail", (value: unknown) => value);
  });
});

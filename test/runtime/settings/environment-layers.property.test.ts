import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SettingsLoader } from "../../../src/runtime/settings/settings-loader.js";
import { anySchema } from "./settings-schema.js";

const word = fc.stringMatching(/^[a-z][a-z0-9]{0,5}$/);
const words = fc.array(word, { minLength: 1, maxLength: 3 });
const capitalize = (text: string) => text[0]!.toUpperCase() + text.slice(1);

/** Three ways to write a key of these words. */
const spellings = {
  camelCase: ([first, ...others]: readonly string[]) => first! + others.map(capitalize).join(""),
  "kebab-case": (parts: readonly string[]) => parts.join("-"),
  snake_case: (parts: readonly string[]) => parts.join("_"),
};
const spelling = fc.constantFrom(...(Object.keys(spellings) as (keyof typeof spellings)[]));

const moduleIds = fc.array(fc.array(word, { minLength: 1, maxLength: 2 }), { minLength: 1, maxLength: 2 });
const paths = fc.array(words, { minLength: 1, maxLength: 3 });

const variableOf = (moduleId: readonly (readonly string[])[], path: readonly (readonly string[])[]) =>
  `PHASEWISE_${moduleId.flat().join("_")}__${path.map((parts) => parts.join("_")).join("__")}`.toUpperCase();
const nest = (keys: readonly string[], value: unknown) =>
  keys.reduceRight<unknown>((inner, key) => ({ [key]: inner }), value);

const load = (moduleId: readonly (readonly string[])[], environment: Record<string, string>, lower: unknown) => {
  const id = moduleId.map((segment) => segment.join("-")).join(".");
  const overrides = { [id]: lower };
  return new SettingsLoader({ directory: "no-such-folder", environment, overrides }).load(id, anySchema);
};

describe("the name of a variable", () => {
  it("leads to the camelCase key where no other source has it", async () => {
    await fc.assert(
      fc.asyncProperty(moduleIds, paths, fc.string(), async (moduleId, path, text) => {
        const settings = await load(moduleId, { [variableOf(moduleId, path)]: text }, {});
        expect(settings).toEqual(nest(path.map(spellings.camelCase), text));
      }),
    );
  });

  it("leads to the key as another source spells it", async () => {
    await fc.assert(
      fc.asyncProperty(moduleIds, paths, spelling, async (moduleId, path, style) => {
        const keys = path.map(spellings[style]);
        const other = nest([...keys, "other"], 1);
        const settings = await load(moduleId, { [`${variableOf(moduleId, path)}__OWN`]: "text" }, other);
        expect(settings).toEqual(nest(keys, { other: 1, own: "text" }));
      }),
    );
  });
});

describe("a variable", () => {
  it.each([
    "PHASEWISE_MAIL__",
    "PHASEWISE_MAIL__A____B",
    "PHASEWISE_MAIL__A__",
    "PHASEWISE_MAIL_A",
    "phasewise_mail__a",
  ])("is left alone when it has an empty part or another prefix: %s", async (name) => {
    expect(await load([["mail"]], { [name]: "text", PHASEWISE_MAIL__OTHER: "text" }, {})).toEqual({ other: "text" });
  });
});

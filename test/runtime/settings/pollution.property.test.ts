import fc from "fast-check";
import { expect, it } from "vitest";
import { SettingsLoader } from "../../../src/runtime/settings/settings-loader.js";
import { temporaryFolder } from "../temporary-folder.js";
import { anySchema, schemaOf } from "./settings-schema.js";

const keys = fc.constantFrom("__proto__", "constructor", "prototype", "polluted", "toString", "a");
const { settings } = fc.letrec((tie) => ({
  settings: fc
    .array(fc.tuple(keys, tie("value")), { maxLength: 4 })
    .map((entries) => `{${entries.map(([key, value]) => `${JSON.stringify(key)}:${String(value)}`).join(",")}}`),
  value: fc.oneof({ maxDepth: 4 }, fc.constantFrom("1", '"x"'), tie("settings")),
}));
const variables = fc.array(
  fc.constantFrom("__PROTO__", "_PROTO_", "PROTO", "CONSTRUCTOR", "PROTOTYPE", "POLLUTED", "TO_STRING", "A"),
  { minLength: 1, maxLength: 4 },
);

/** Everything that hangs on the prototypes that settings could reach. */
const prototypes = () =>
  [Object.prototype, Array.prototype, Function.prototype, Object].map((owner) => Object.getOwnPropertyNames(owner));

const hasPlainPrototypes = (value: unknown): boolean =>
  typeof value !== "object" ||
  value === null ||
  (Object.getPrototypeOf(value) === Object.prototype && Object.values(value).every(hasPlainPrototypes));

const insisting = schemaOf((value) =>
  JSON.stringify(value).includes("again") ? { value } : { issues: [{ message: "read it as JSON", path: ["a"] }] },
);

it("no settings change a prototype", async () => {
  const before = prototypes();
  await fc.assert(
    fc.asyncProperty(settings, settings, variables, settings, async (file, overrides, path, text) => {
      await using folder = await temporaryFolder({ "mail.json": String(file) });
      const loader = new SettingsLoader({
        directory: folder.path,
        environment: { [`PHASEWISE_MAIL__${path.join("__")}`]: String(text), PHASEWISE_MAIL__A: String(text) },
        overrides: { mail: JSON.parse(String(overrides)) },
      });
      expect(hasPlainPrototypes(await loader.load("mail", anySchema))).toBe(true);
      await loader.load("mail", insisting).catch(() => {});
      expect(prototypes()).toEqual(before);
    }),
  );
});

it("a key named like a member of every object is a setting like any other", async () => {
  const overrides = { mail: JSON.parse('{ "constructor": { "prototype": { "a": 1 } }, "__proto__": { "b": 2 } }') };
  const loader = new SettingsLoader({ directory: "no-such-folder", environment: {}, overrides });
  expect(await loader.load("mail", anySchema)).toEqual({ constructor: { prototype: { a: 1 } } });
});

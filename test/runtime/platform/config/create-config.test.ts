import { type ConfigValues, createConfig } from "@phasewise/runtime/platform";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

const config = createConfig({
  name: "shop",
  http: { port: 8080, host: "::1", tls: { on: false } },
  "mail.from": "a@example.com",
  PORT: "80",
  RATIO: "-0.5",
  VERBOSE: "true",
  QUIET: "false",
  PIN: "0x10",
  EMPTY: "",
  absent: undefined,
});

const codeOf = (work: () => unknown) => {
  try {
    return work();
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe("a config", () => {
  it("gives values by path, of the type that is asked for", () => {
    expect(config.getString("name")).toBe("shop");
    expect(config.getNumber("http.port")).toBe(8080);
    expect(config.getBoolean("http.tls.on")).toBe(false);
    expect(config.getString("mail.from")).toBe("a@example.com");
    expect(config.getString("EMPTY", "x")).toBe("");
  });

  it("reads texts of the environment as numbers and as true and false, if they are nothing else", () => {
    expect([config.getNumber("PORT"), config.getNumber("RATIO")]).toEqual([80, -0.5]);
    expect([config.getBoolean("VERBOSE"), config.getBoolean("QUIET")]).toEqual([true, false]);
    for (const name of ["PIN", "EMPTY", "VERBOSE"]) expect(codeOf(() => config.getNumber(name))).toBe("WRONG_TYPE");
    expect(codeOf(() => config.getBoolean("PORT"))).toBe("WRONG_TYPE");
    expect(codeOf(() => config.getString("http.port"))).toBe("WRONG_TYPE");
    expect(codeOf(() => config.getString("http"))).toBe("WRONG_TYPE");
  });

  it("gives the fallback for what is not there, and says what is missing without one", () => {
    expect(config.getNumber("http.timeoutMs", 0)).toBe(0);
    expect(config.getString("absent", "x")).toBe("x");
    expect(codeOf(() => config.getNumber("PIN", 7))).toBe("WRONG_TYPE");
    expect(() => config.getString("http.name")).toThrow(`There is no value "http.name".`);
  });

  it("gives a section, which names whole paths in its errors", () => {
    const http = config.getSection("http");
    expect([http.getNumber("port"), http.has("tls"), http.has("name")]).toEqual([8080, true, false]);
    expect(() => http.getSection("tls").getNumber("on")).toThrow(`"http.tls.on" must be a number, and is a boolean.`);
    expect(config.getSection("cache").has("size")).toBe(false);
    expect(() => config.getSection("name")).toThrow(`"name" must be a record, and is a string.`);
  });

  it("tells no value in its errors", () => {
    const secret = createConfig({ password: "hidden-text" });
    expect(() => secret.getNumber("password")).toThrow(/^(?!.*hidden-text)/);
  });

  it("is a copy of the values", () => {
    const values = { http: { port: 1 } };
    const copied = createConfig(values);
    values.http.port = 2;
    expect(copied.getNumber("http.port")).toBe(1);
  });

  it.each<[string, unknown, string]>([
    ["a list", { http: { ports: [1] } }, `"http.ports"`],
    ["nothing", { http: null }, `"http"`],
    ["no finite number", { ratio: Number.NaN }, `"ratio"`],
    ["a function", { read: () => 1 }, `"read"`],
    ["no record", "text", "values"],
  ])("is not made of %s", (_, values, path) => {
    expect(codeOf(() => createConfig(values as ConfigValues))).toBe("INVALID_VALUES");
    expect(() => createConfig(values as ConfigValues)).toThrow(path);
  });

  it("knows the names that it was given, and none that objects have anyway", () => {
    for (const name of ["__proto__", "constructor", "toString", "http.constructor", ""]) {
      expect(config.has(name)).toBe(false);
    }
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: "binary" }), fc.string()), (values) => {
        const made = createConfig(values);
        for (const [name, value] of Object.entries(values)) expect(made.getString(name)).toBe(value);
      }),
    );
  });
});

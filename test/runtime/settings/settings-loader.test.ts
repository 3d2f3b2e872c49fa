import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import { SettingsLoader, type SettingsSources } from "../../../src/runtime/settings/settings-loader.js";
import { temporaryFolder } from "../temporary-folder.js";
import { settingsRejectionOf } from "./settings-rejection-of.js";
import { anySchema, mailSchema, schemaOf } from "./settings-schema.js";

/** A loader that reads no file and no variable but those that are given. */
const loaderOf = (sources: SettingsSources) =>
  new SettingsLoader({ directory: "no-such-folder", environment: {}, ...sources });

describe("the sources of settings", () => {
  it("are the schema's defaults, the file, the environment and the overrides, the later ones winning", async () => {
    await using folder = await temporaryFolder({
      "mail.json": '{ "sender": "file", "smtp": { "host": "file", "password": "file", "tls": true } }',
    });
    const loader = new SettingsLoader({
      directory: folder.path,
      environment: { PHASEWISE_MAIL__SMTP__HOST: "variable", PHASEWISE_MAIL__SMTP__PASSWORD: "variable" },
      overrides: { mail: { smtp: { password: "override" } } },
    });
    expect(await loader.load("mail", mailSchema)).toEqual({
      port: 8080,
      sender: "file",
      smtp: { host: "variable", password: "override", tls: true },
    });
  });

  it("merge objects by key and replace arrays", async () => {
    await using folder = await temporaryFolder({
      "mail.json": '{ "hosts": ["a", "b"], "pool": { "min": 1, "max": 2 } }',
    });
    const loader = loaderOf({ directory: folder.path, overrides: { mail: { hosts: ["c"], pool: { max: 3 } } } });
    expect(await loader.load("mail", anySchema)).toEqual({ hosts: ["c"], pool: { min: 1, max: 3 } });
  });

  it("may all be missing", async () => {
    expect(await loaderOf({}).load("mail", anySchema)).toEqual({});
  });

  it("leave a setting alone where an override is undefined", async () => {
    const overrides = { mail: { sender: undefined, smtp: { host: undefined } } };
    const loader = loaderOf({ environment: { PHASEWISE_MAIL__SENDER: "a" }, overrides });
    expect(await loader.load("mail", anySchema)).toStrictEqual({ sender: "a", smtp: {} });
  });

  it("are those of the module alone", async () => {
    await using folder = await temporaryFolder({ "core.json": '{ "file": 1 }', "core.mail.json": '{ "file": 2 }' });
    const loader = new SettingsLoader({
      directory: folder.path,
      environment: {
        PHASEWISE_CORE__A: "core",
        PHASEWISE_CORE_MAIL__A: "core.mail",
        PHASEWISE_COREMAIL__A: "coremail",
      },
      overrides: { core: { b: 1 }, "core.mail": { b: 2 } },
    });
    expect(await loader.load("core", anySchema)).toEqual({ file: 1, a: "core", b: 1 });
    expect(await loader.load("core.mail", anySchema)).toEqual({ file: 2, a: "core.mail", b: 2 });
    expect(await loader.load("constructor", anySchema)).toEqual({});
  });

  it("include a directory that is given as a URL", async () => {
    await using folder = await temporaryFolder({ "mail.json": '{ "sender": "file" }' });
    const loader = loaderOf({ directory: pathToFileURL(folder.path) });
    expect(await loader.load("mail", anySchema)).toEqual({ sender: "file" });
  });
});

describe("an environment variable", () => {
  const load = (environment: Record<string, string>, schema = anySchema) =>
    loaderOf({ environment }).load("mail", schema);
  const typed = (isValid: (value: unknown) => boolean) =>
    schemaOf<unknown>((value) => {
      const { key } = value as { key?: unknown };
      return isValid(key) ? { value: key } : { issues: [{ message: "is not accepted", path: ["key"] }] };
    });

  it("stays text where the schema accepts text", async () => {
    const texts = typed((value) => typeof value === "string");
    for (const text of ["0123", "8080", "true", "null", "", '{"a":1}', "[1"]) {
      expect(await load({ PHASEWISE_MAIL__KEY: text }, texts)).toBe(text);
    }
  });

  it("is read as JSON where the schema objects to text", async () => {
    const others = typed((value) => typeof value !== "string");
    expect(await load({ PHASEWISE_MAIL__KEY: "8080" }, others)).toBe(8080);
    expect(await load({ PHASEWISE_MAIL__KEY: "true" }, others)).toBe(true);
    expect(await load({ PHASEWISE_MAIL__KEY: "null" }, others)).toBe(null);
    expect(await load({ PHASEWISE_MAIL__KEY: '["a"]' }, others)).toEqual(["a"]);
    expect(await load({ PHASEWISE_MAIL__KEY: '{"a":1}' }, others)).toEqual({ a: 1 });
    for (const text of ["0123", "", '"8080"', "yes", "NaN"]) {
      const { issues } = await settingsRejectionOf(load({ PHASEWISE_MAIL__KEY: text }, others));
      expect(issues.map(({ message }) => message)).toEqual(["is not accepted"]);
    }
  });

  it("is read as JSON also by a schema that stops at its first issue", async () => {
    const fussy = schemaOf((value) => {
      const wrong = Object.entries(value as object).find(([, inner]) => typeof inner !== "number");
      return wrong ? { issues: [{ message: "must be a number", path: [{ key: wrong[0] }] }] } : { value };
    });
    const environment = { PHASEWISE_MAIL__A: "1", PHASEWISE_MAIL__B: "2", PHASEWISE_MAIL__C: "3" };
    expect(await load(environment, fussy)).toEqual({ a: 1, b: 2, c: 3 });
  });

  it("that holds JSON of an object is merged with those of weaker and stronger sources", async () => {
    const objects = typed((value) => typeof value === "object");
    await using folder = await temporaryFolder({ "mail.json": '{ "key": { "a": 1, "b": 1, "c": 1, "d": 1 } }' });
    const loader = loaderOf({
      directory: folder.path,
      environment: { PHASEWISE_MAIL__KEY__C: "3", PHASEWISE_MAIL__KEY: '{ "b": 2, "c": 2, "d": 2 }' },
    });
    expect(await loader.load("mail", objects)).toEqual({ a: 1, b: 2, c: "3", d: 2 });

    const overridden = loaderOf({
      environment: { PHASEWISE_MAIL__KEY: '{ "a": 1, "b": 1 }' },
      overrides: { mail: { key: { b: 2 } } },
    });
    expect(await overridden.load("mail", objects)).toEqual({ a: 1, b: 2 });
  });
});

describe("settings that the schema does not accept", () => {
  it("are listed all at once, each with its source", async () => {
    await using folder = await temporaryFolder({ "mail.json": '{ "sender": 7, "smtp": { "tls": true } }' });
    const loader = new SettingsLoader({
      directory: folder.path,
      environment: { PHASEWISE_MAIL__PORT: "eighty" },
      overrides: { mail: { smtp: { tls: "maybe" } } },
    });
    const file = join(folder.path, "mail.json");
    const { code, message, issues } = await settingsRejectionOf(loader.load("mail", mailSchema));
    expect(code).toBe("INVALID_SETTINGS");
    expect(message).toBe(
      [
        'The settings of module "mail" are not valid:',
        "- port: must be a number (environment variable PHASEWISE_MAIL__PORT)",
        `- sender: must be a text (${file})`,
        `- smtp.host: must be a text (missing: set it in ${file} or in PHASEWISE_MAIL__SMTP__HOST)`,
        "- smtp.tls: must be true or false (createApplication({ settings }))",
      ].join("\n"),
    );
    expect(issues[0]).toEqual({
      path: "port",
      message: "must be a number",
      source: "environment variable PHASEWISE_MAIL__PORT",
    });
    expect(issues).toHaveLength(4);
  });

  it("name a file that could be written, where there is none", async () => {
    const { issues } = await settingsRejectionOf(new SettingsLoader({ environment: {} }).load("core.mail", mailSchema));
    expect(issues[0]!.source).toBe(
      `missing: set it in ${join("settings", "core.mail.json")} or in PHASEWISE_CORE_MAIL__SENDER`,
    );
  });

  it("tell both readings of a variable that is wrong as text and as JSON", async () => {
    const environment = { PHASEWISE_MAIL__PORT: "70000", PHASEWISE_MAIL__SENDER: "a", PHASEWISE_MAIL__SMTP__HOST: "b" };
    const { issues } = await settingsRejectionOf(loaderOf({ environment }).load("mail", mailSchema));
    expect(issues.map(({ message }) => message)).toEqual(["must be below 65536; read as text: must be a number"]);
  });

  it("name every source of a part that several gave", async () => {
    const issue = { message: "do not fit together", path: ["pool"] };
    const rejecting = schemaOf(() => ({ issues: [issue, { message: "neither" }] }));
    const loader = loaderOf({
      environment: { PHASEWISE_MAIL__POOL__MIN: "2", PHASEWISE_MAIL__OTHER: "1" },
      overrides: { mail: { pool: { max: 1 } } },
    });
    const { issues, message } = await settingsRejectionOf(loader.load("mail", rejecting));
    const overrides = "createApplication({ settings })";
    expect(issues.map(({ source }) => source)).toEqual([
      `${overrides} and environment variable PHASEWISE_MAIL__POOL__MIN`,
      `${overrides} and environment variable PHASEWISE_MAIL__POOL__MIN and environment variable PHASEWISE_MAIL__OTHER`,
    ]);
    expect(message).toContain("\n- neither (");
  });

  it("name the source of the array or value that a deeper issue lies in", async () => {
    const rejecting = schemaOf(() => ({ issues: [{ message: "is wrong", path: ["hosts", 0, "name"] }] }));
    await using folder = await temporaryFolder({ "mail.json": '{ "hosts": { "0": { "name": "weaker" } } }' });
    const loader = loaderOf({ directory: folder.path, overrides: { mail: { hosts: [{ name: 1 }] } } });
    const { issues } = await settingsRejectionOf(loader.load("mail", rejecting));
    expect(issues).toEqual([{ path: "hosts.0.name", message: "is wrong", source: "createApplication({ settings })" }]);
  });

  it("are never quoted, even where the schema quotes them", async () => {
    const quoting = schemaOf((value) => ({
      issues: [
        { message: `${JSON.stringify((value as Record<string, unknown>)["key"])} is wrong`, path: ["key"] },
        { message: `${JSON.stringify(value)} is wrong` },
      ],
    }));
    const secret = String.raw`pass"word\with (strange) characters`;
    for (const value of [secret, { deep: [secret] }, 123456]) {
      const { message } = await settingsRejectionOf(
        loaderOf({ overrides: { mail: { key: value } } }).load("mail", quoting),
      );
      expect(message).toContain("[masked]");
      expect(message).not.toMatch(/strange|123456/);
    }
    const environment = { PHASEWISE_MAIL__KEY: JSON.stringify({ deep: secret }) };
    const { message } = await settingsRejectionOf(loaderOf({ environment }).load("mail", quoting));
    expect(message).toContain("read as text");
    expect(message).not.toContain("strange");
  });

  it.each(["US", "UR", "EU"])("keep words of the message that a short value is a part of: %s", async (currency) => {
    const issues = [{ message: `expected "EUR" or "EURO", not "${currency}"`, path: ["currency"] }];
    const loader = loaderOf({ overrides: { mail: { currency } } });
    const error = await settingsRejectionOf(
      loader.load(
        "mail",
        schemaOf(() => ({ issues })),
      ),
    );
    expect(error.issues[0]!.message).toBe('expected "EUR" or "EURO", not "[masked]"');
  });
});

describe("the schema", () => {
  it("may be asynchronous, and may be a function", async () => {
    const standard = schemaOf(async (value) => {
      await Promise.resolve();
      return { value: { ...(value as object), checked: true } };
    })["~standard"];
    const callable = Object.assign(() => {}, { "~standard": standard });
    expect(await loaderOf({ overrides: { mail: { a: 1 } } }).load("mail", callable)).toEqual({ a: 1, checked: true });
  });

  it("must be a Standard Schema of version 1", async () => {
    const { validate } = anySchema["~standard"];
    const strangers = [
      undefined,
      null,
      {},
      "schema",
      { "~standard": { version: 2, validate } },
      { "~standard": { version: 1 } },
    ];
    for (const schema of strangers) {
      const error = await settingsRejectionOf(loaderOf({}).load("mail", schema as never));
      expect(error.code).toBe("INVALID_SCHEMA");
      expect(error.message).toContain('The schema of module "mail" is no Standard Schema');
    }
  });

  it("is named when it throws or rejects", async () => {
    const cause = new Error("no such table");
    const throwing = schemaOf(() => {
      throw cause;
    });
    const rejecting = schemaOf(() => Promise.reject(cause));
    for (const schema of [throwing, rejecting]) {
      expect(await settingsRejectionOf(loaderOf({}).load("mail", schema))).toMatchObject({
        code: "INVALID_SCHEMA",
        cause,
      });
    }
  });
});

describe("secrets", () => {
  const secretsOf = async (settings: object, secrets: readonly string[] = [], schema = anySchema) => {
    const found: string[] = [];
    const loader = loaderOf({ overrides: { mail: settings }, onSecret: (secret) => found.push(secret) });
    await loader.load("mail", schema, { secrets }).catch(() => {});
    return [...new Set(found)];
  };

  it("are what keys with a telling name hold", async () => {
    const settings = {
      smtp: { password: "a", user: "x", API_KEY: "b", "private-key": 3 },
      tokens: ["d", "e"],
      tokenUrl: "x",
      cookie: { name: "x", secret: "f" },
      authorization: true,
    };
    expect(await secretsOf(settings)).toEqual(["a", "b", "3", "d", "e", "f"]);
  });

  it("are what lies at and below the declared paths", async () => {
    const settings = {
      smtp: { pin: 1, host: "x" },
      keys: { old: "b", new: ["c"] },
      accounts: [{ pin: "d" }],
      keysFile: "x",
    };
    expect(await secretsOf(settings, ["smtp.pin", "keys", "accounts.pin", "missing"])).toEqual(["1", "b", "c", "d"]);
  });

  it("are known before the schema sees them, also when it does not accept them", async () => {
    expect(
      await secretsOf(
        { password: "a" },
        [],
        schemaOf(() => ({ issues: [{ message: "no" }] })),
      ),
    ).toEqual(["a"]);
  });

  it("are also what the schema makes of them", async () => {
    const prefixing = schemaOf((value) => ({ value: { password: `p-${(value as { password: string }).password}` } }));
    expect(await secretsOf({ password: "a" }, [], prefixing)).toEqual(["a", "p-a"]);
  });
});

describe("findStrays", () => {
  it("gives the files, variables and overrides that are for no module", async () => {
    await using folder = await temporaryFolder({ "mail.json": "{}", "biling.yaml": "", "notes.txt": "" });
    const loader = new SettingsLoader({
      directory: folder.path,
      overrides: { mail: {}, male: {} },
      environment: { PHASEWISE_CORE_MAL__PORT: "1", PHASEWISE_CORE_MAIL__PORT: "1", PHASEWISE_LOG: "1", PATH: "" },
    });
    expect(await loader.findStrays(["mail", "core.mail"])).toEqual([
      { source: join(folder.path, "biling.yaml"), moduleId: "biling" },
      { source: "environment variable PHASEWISE_CORE_MAL__PORT", moduleId: "core.mal" },
      { source: "createApplication({ settings })", moduleId: "male" },
    ]);
    expect(await loaderOf({}).findStrays([])).toEqual([]);
  });
});

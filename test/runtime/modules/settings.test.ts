import { join } from "node:path";
import { type ActivationContext, type BootOptions, type Module, SettingsError } from "@phasewise/runtime";
import { describe, expect, it } from "vitest";
import { rejectionOf } from "../rejection-of.js";
import { type MailSettings, mailSchema } from "../settings/settings-schema.js";
import { temporaryFolder } from "../temporary-folder.js";
import { applicationOf } from "./application-of.js";
import { recordedLog } from "./recorded-log.js";
import { recordedModule } from "./recorded-module.js";

type SetUp = (context: ActivationContext) => Promise<void>;

/** A module with settings, `core.mail`. */
const mail = (setUp: SetUp, isRegistered = true): Module =>
  recordedModule([], "core.mail", {
    initialize: async (context) => {
      if (isRegistered) context.registerSettings(mailSchema, { secrets: ["smtp.host"] });
    },
    setupModule: setUp,
  });

const mailSettings = { sender: "a@example.com", smtp: { host: "mail.example.com" } };

async function settingsWith(options: BootOptions): Promise<MailSettings> {
  let settings!: MailSettings;
  const app = applicationOf(
    [mail(async (context) => void (settings = await context.getSettings(mailSchema)))],
    options,
  );
  await app.start();
  await app.stop();
  return settings;
}

describe("context.getSettings", () => {
  it("gives what file, environment and overrides say, each stronger than the one before", async () => {
    await using folder = await temporaryFolder({
      "settings/core.mail.json": JSON.stringify({ port: 1, ...mailSettings, smtp: { host: "file", password: "file" } }),
    });
    const options = {
      settingsDirectory: join(folder.path, "settings"),
      environment: { PHASEWISE_CORE_MAIL__PORT: "2", PHASEWISE_CORE_MAIL__SMTP__HOST: "environment" },
      settings: { "core.mail": { port: 3 } },
    };
    expect(await settingsWith(options)).toEqual({
      port: 3,
      sender: "a@example.com",
      smtp: { host: "environment", password: "file", tls: false },
    });
  });

  it("gives the same object each time, also when asked at the same time", async () => {
    const seen: MailSettings[] = [];
    const ask: SetUp = async (context) => {
      seen.push(...(await Promise.all([context.getSettings(mailSchema), context.getSettings(mailSchema)])));
      seen.push(await context.getSettings(mailSchema));
    };
    const app = applicationOf([mail(ask)], { settings: { "core.mail": mailSettings } });
    await app.start();
    expect(new Set(seen).size).toBe(1);
    await app.stop();
  });

  it("fails the hook with every issue and its source", async () => {
    const app = applicationOf([mail(async (context) => void (await context.getSettings(mailSchema)))], {
      environment: { PHASEWISE_CORE_MAIL__PORT: "99999" },
      settings: { "core.mail": { sender: 1 } },
    });
    const error = await rejectionOf(app.start());
    expect(error).toMatchObject({
      code: "HOOK_FAILED",
      message: expect.stringContaining('"core.mail": setupModule failed'),
    });
    expect(error.cause).toBeInstanceOf(SettingsError);
    for (const text of [
      "port",
      "PHASEWISE_CORE_MAIL__PORT",
      "sender",
      "createApplication({ settings })",
      "smtp.host",
    ]) {
      expect(error.message).toContain(text);
    }
  });

  it("refuses a schema that was not registered", async () => {
    const app = applicationOf([mail(async (context) => void (await context.getSettings(mailSchema)), false)]);
    expect(await rejectionOf(app.start())).toMatchObject({
      code: "UNKNOWN_SETTINGS",
      message:
        'Module "core.mail" asked for settings of a schema that it has not registered. ' +
        "Call context.registerSettings(schema) in its initialize.",
    });
  });

  it("is a call of phase 2, and registerSettings one of phase 1", async () => {
    const tooEarly = recordedModule([], "core.mail", {
      initialize: async (context) => void (await (context as unknown as ActivationContext).getSettings(mailSchema)),
    });
    expect(await rejectionOf(applicationOf([tooEarly]).start())).toMatchObject({
      code: "WRONG_PHASE",
      message:
        'Module "core.mail" called getSettings() in phase 1 (registration). ' +
        "Call it in setupModule, on the context of that hook.",
    });
    const tooLate = mail(async (context) => (context as unknown as { registerSettings(): void }).registerSettings());
    expect((await rejectionOf(applicationOf([tooLate]).start())).message).toContain(
      "called registerSettings() in phase 2 (activation). Call it in initialize",
    );
  });

  it("reads them anew when the module is started again", async () => {
    const seen: MailSettings[] = [];
    const app = applicationOf([mail(async (context) => void seen.push(await context.getSettings(mailSchema)))], {
      settings: { "core.mail": mailSettings },
    });
    await app.start();
    await app.restartModule("core.mail");
    expect(seen[1]).toEqual(seen[0]);
    expect(seen[1]).not.toBe(seen[0]);
    await app.stop();
  });
});

describe("settings for a module that is not there", () => {
  it("are warned of once, with the module that was probably meant", async () => {
    const { logger, lines } = recordedLog();
    const app = applicationOf([mail(async (context) => void (await context.getSettings(mailSchema)))], {
      logger,
      environment: { PHASEWISE_CORE_MAIL__PORT: "2", PHASEWISE_CORE_MAL__PORT: "2" },
      settings: { "core.mail": mailSettings, billing: {} },
    });
    await app.start();
    await app.restartModule("core.mail");
    await app.stop();
    expect(lines.filter(({ level }) => level === "warn")).toEqual([
      {
        level: "warn",
        message: "settings for a module that is not there",
        source: "environment variable PHASEWISE_CORE_MAL__PORT",
        module: "core.mal",
        closest: "core.mail",
      },
      {
        level: "warn",
        message: "settings for a module that is not there",
        source: "createApplication({ settings })",
        module: "billing",
      },
    ]);
  });
});

describe("a secret of the settings", () => {
  it("is masked in the log of every module, in text, fields and errors", async () => {
    const { logger, lines } = recordedLog();
    const log: SetUp = async (context) => {
      const { smtp } = await context.getSettings(mailSchema);
      context.logger.warn(`connecting to ${smtp.host} with ${smtp.password}`, { url: `smtp://x:${smtp.password}@y` });
      context.background("fails", () => Promise.reject(new Error(`refused ${smtp.password}`)));
    };
    const other = recordedModule([], "other", {
      dependencies: ["core.mail"],
      setupModule: async ({ logger: own }) => own.warn("someone said swordfish at mail.example.com, not fish"),
    });
    const password = "swordfish";
    const app = applicationOf([mail(log), other], {
      logger,
      settings: { "core.mail": { ...mailSettings, smtp: { ...mailSettings.smtp, password } } },
    });
    await app.start();
    await app.stop();
    const text = JSON.stringify(lines);
    expect(text).not.toContain("swordfish");
    expect(text).not.toContain("mail.example.com");
    expect(lines.map(({ message }) => message)).toEqual(
      expect.arrayContaining([
        "connecting to [masked] with [masked]",
        "someone said [masked] at [masked], not fish",
        "a background task failed",
      ]),
    );
  });
});

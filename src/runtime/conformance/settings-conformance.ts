import assert from "node:assert/strict";
import type { Settings } from "../platform/settings/settings.js";
import type { StandardSchema } from "../settings/schema.js";
import { assertFailure, assertSuccess } from "./assert-result.js";
import { casesOf, type ConformanceCase, type ServiceFactory } from "./conformance-case.js";

/** The settings under test, of which there are none yet. */
export interface SettingsFixture {
  readonly settings: Settings;
}

/**
 * What every adapter of `Settings` has to do.
 *
 * @example
 * ```ts
 * import { settingsConformance } from "@phasewise/runtime/conformance";
 * import { stubSettings } from "@phasewise/runtime/testing";
 * import { it } from "vitest";
 *
 * const cases = settingsConformance(async () => ({ settings: stubSettings(), async [Symbol.asyncDispose]() {} }));
 * for (const { name, run } of cases) it(name, run);
 * ```
 */
export function settingsConformance(create: ServiceFactory<SettingsFixture>): readonly ConformanceCase[] {
  return casesOf(create, { ...values, ...names, ...watches });
}

type Cases = Readonly<Record<string, (fixture: SettingsFixture) => Promise<void>>>;

const values: Cases = {
  "gives back what was written, of every kind that JSON has": async ({ settings }) => {
    for (const value of [null, true, 0, -1.5, "", "ünï 🔑 \u0000 \u2028", [1, [2]], { b: 1, a: { list: [] } }]) {
      assertSuccess(await settings.write("billing.limits", value));
      assert.deepEqual(assertSuccess(await settings.read("billing.limits", anything)), value);
    }
  },
  "gives what the schema makes of it, and INVALID_SETTINGS for what it does not take": async ({ settings }) => {
    assertSuccess(await settings.write("billing.limits", { perMinute: 5 }));
    assert.equal(assertSuccess(await settings.read("billing.limits", perMinute)), 5);
    assertSuccess(await settings.write("billing.limits", { perMinute: "hidden-text" }));
    const refused = await settings.read("billing.limits", perMinute);
    assertFailure(refused, "INVALID_SETTINGS");
    assert.doesNotMatch(refused.success ? "" : refused.error.message, /hidden-text/);
  },
  "answers NOT_FOUND for what is not there": async ({ settings }) => {
    assertFailure(await settings.read("billing.limits", anything), "NOT_FOUND");
    assertSuccess(await settings.write("billing.limits.more", 1));
    assertFailure(await settings.read("billing.limits", anything), "NOT_FOUND");
  },
  "refuses what JSON has no form for, and keeps what was there": async ({ settings }) => {
    assertSuccess(await settings.write("billing.limits", 1));
    const circle: unknown[] = [];
    circle.push(circle);
    for (const value of [undefined, 1n, () => 1, circle]) {
      assertFailure(await settings.write("billing.limits", value), "NOT_SERIALIZABLE");
    }
    assert.equal(assertSuccess(await settings.read("billing.limits", anything)), 1);
  },
  "removes, and says whether there was something": async ({ settings }) => {
    assertSuccess(await settings.write("billing.limits", 1));
    assert.equal(assertSuccess(await settings.remove("billing.limits")), true);
    assert.equal(assertSuccess(await settings.remove("billing.limits")), false);
    assertFailure(await settings.read("billing.limits", anything), "NOT_FOUND");
  },
  "gives the old or the new settings, and never a part, while they are written": async ({ settings }) => {
    const texts = ["a", "b"].map((letter) => letter.repeat(50_000));
    assertSuccess(await settings.write("billing.text", texts[0]));
    const writes = Array.from({ length: 10 }, (_, index) => settings.write("billing.text", texts[index % 2]));
    const reads = Array.from({ length: 10 }, () => settings.read("billing.text", anything));
    for (const read of await Promise.all(reads)) assert.ok(texts.includes(assertSuccess(read) as string));
    for (const written of await Promise.all(writes)) assertSuccess(written);
  },
};

const names: Cases = {
  "lists the names, or those with a prefix, in order": async ({ settings }) => {
    assert.deepEqual(assertSuccess(await settings.list()), []);
    for (const name of ["mail", "billing.limits", "billing", "billing-2"]) {
      assertSuccess(await settings.write(name, 1));
    }
    assert.deepEqual(assertSuccess(await settings.list()), ["billing", "billing-2", "billing.limits", "mail"]);
    assert.deepEqual(assertSuccess(await settings.list("billing.")), ["billing.limits"]);
    assert.deepEqual(assertSuccess(await settings.list("%")), []);
  },
  "answers INVALID_NAME for what is no name": async ({ settings }) => {
    for (const name of hostileNames) {
      assertFailure(await settings.read(name, anything), "INVALID_NAME");
      assertFailure(await settings.write(name, 1), "INVALID_NAME");
      assertFailure(await settings.remove(name), "INVALID_NAME");
    }
    assert.deepEqual(assertSuccess(await settings.list()), []);
  },
  "takes names that mean something elsewhere for names": async ({ settings }) => {
    for (const name of ["constructor", "null", "json", "a".repeat(200)]) {
      assertFailure(await settings.read(name, anything), "NOT_FOUND");
      assertSuccess(await settings.write(name, name));
      assert.equal(assertSuccess(await settings.read(name, anything)), name);
    }
  },
  "answers ABORTED for a signal that has aborted, and health": async ({ settings }) => {
    const signal = AbortSignal.abort();
    assertFailure(await settings.write("billing.limits", 1, { signal }), "ABORTED");
    assertFailure(await settings.read("billing.limits", anything), "NOT_FOUND");
    assert.ok(assertSuccess(await settings.health()).latencyMs >= 0);
  },
};

const watches: Cases = {
  "tells the settings, and each change that it sees, until the signal aborts": async ({ settings }) => {
    assertSuccess(await settings.write("billing.limits", { perMinute: 1 }));
    const controller = new AbortController();
    const { signal } = controller;
    const seen: unknown[] = [];
    const failures: string[] = [];
    const handler = async (value: number) => {
      seen.push(value);
      if (value === 1) assertSuccess(await settings.write("billing.limits", { perMinute: "many" }));
      if (value === 2) controller.abort();
    };
    const onFailure = async ({ code }: { code: string }) => {
      failures.push(code);
      assertSuccess(await settings.write("billing.limits", { perMinute: 2 }));
    };
    const options = { signal, everyMs: 5, onFailure: (error: { code: string }) => void onFailure(error) };
    assertSuccess(await settings.watch("billing.limits", perMinute, handler, options));
    assert.deepEqual(seen, [1, 2]);
    assert.equal(failures[0], "INVALID_SETTINGS");
  },
  "fails a watch of what is not there, and one whose handler throws": async ({ settings }) => {
    const { signal } = new AbortController();
    assertFailure(await settings.watch("billing.limits", anything, () => {}, { signal }), "NOT_FOUND");
    assertSuccess(await settings.write("billing.limits", 1));
    const handler = () => {
      throw new Error("no luck");
    };
    assertFailure(await settings.watch("billing.limits", anything, handler, { signal }), "HANDLER_FAILED");
  },
};

const hostileNames = [
  "",
  ".",
  "..",
  "../escape",
  "a/../../b",
  "a\\b",
  "/etc/passwd",
  "a..b",
  "A",
  "a b",
  "a\0",
  "a\r\nb",
  "ü",
  "__proto__",
  "a'; DROP TABLE phasewise_settings; --",
  "a".repeat(201),
  undefined as unknown as string,
];

const anything: StandardSchema = {
  "~standard": { version: 1, vendor: "phasewise", validate: (value) => ({ value }) },
};

const perMinute: StandardSchema<number> = {
  "~standard": {
    version: 1,
    vendor: "phasewise",
    validate(value) {
      const number = (value as { perMinute?: unknown } | null)?.perMinute;
      if (typeof number === "number") return { value: number };
      return { issues: [{ message: `must be a number, not ${String(number)}`, path: ["perMinute"] }] };
    },
  },
};

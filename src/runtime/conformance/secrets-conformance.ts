import assert from "node:assert/strict";
import { inspect } from "node:util";
import type { Secrets } from "../platform/secrets/secrets.js";
import { casesOf, type ConformanceCase, type ServiceFactory } from "./conformance-case.js";
import { assertFailure, assertSuccess } from "./assert-result.js";

/** The service under test, and the hand that changes what it reads. */
export interface SecretsFixture {
  readonly secrets: Secrets;
  /** Adds or changes a secret, in the place that the service reads. */
  put(name: string, text: string): Promise<void>;
  /** Takes a secret away. */
  remove(name: string): Promise<void>;
}

/**
 * What every adapter of `Secrets` has to do.
 *
 * @example
 * ```ts
 * import { secretsConformance } from "@phasewise/runtime/conformance";
 * import { stubSecrets } from "@phasewise/runtime/testing";
 * import { it } from "vitest";
 *
 * const cases = secretsConformance(async () => {
 *   const secrets = stubSecrets();
 *   return {
 *     secrets,
 *     put: async (name, text) => secrets.put(name, text),
 *     remove: async (name) => secrets.remove(name),
 *     async [Symbol.asyncDispose]() {},
 *   };
 * });
 * for (const { name, run } of cases) it(name, run);
 * ```
 */
export function secretsConformance(create: ServiceFactory<SecretsFixture>): readonly ConformanceCase[] {
  return casesOf(create, {
    "gives a secret with its text, whatever is in it": async ({ secrets, put }) => {
      for (const text of ["k-1", " spaces ", "ünï 🔑", "a\nb\n", "$(id) %s {{x}}", "x".repeat(10_000)]) {
        await put("billing.stripe-key", text);
        assert.equal(assertSuccess(await secrets.getSecret("billing.stripe-key")).reveal(), text);
      }
    },
    "shows no text of a secret in JSON, in a template and inspected": async ({ secrets, put }) => {
      await put("billing.key", "hidden-text");
      const result = await secrets.getSecret("billing.key");
      const secret = assertSuccess(result);
      const shown = [JSON.stringify(result), `${secret}`, inspect(result, { depth: 9, showHidden: true })];
      assert.deepEqual(
        shown.filter((text) => text.includes("hidden-text") || !text.includes("[redacted]")),
        [],
      );
    },
    "answers NOT_FOUND for a secret that is not there, and for one that is empty": async ({ secrets, put }) => {
      assertFailure(await secrets.getSecret("billing.absent"), "NOT_FOUND");
      await put("billing.empty", "");
      assertFailure(await secrets.getSecret("billing.empty"), "NOT_FOUND");
    },
    "answers INVALID_NAME for what is no name": async ({ secrets }) => {
      for (const name of ["", "..", "a/b", "a..b", "../a", "A", "a b", "a\n", "a\0", "a_b", "é", "__proto__", "-a"]) {
        assertFailure(await secrets.getSecret(name), "INVALID_NAME");
      }
      assertFailure(await secrets.getSecret("a".repeat(201)), "INVALID_NAME");
    },
    "tells names apart that differ in a dot or a hyphen": async ({ secrets, put }) => {
      await put("a-b.c", "1");
      await put("a.b-c", "2");
      await put("a.b.c", "3");
      const read = assertSuccess(await secrets.getSecrets(["a-b.c", "a.b-c", "a.b.c"]));
      assert.deepEqual(
        Object.values(read).map((secret) => secret.reveal()),
        ["1", "2", "3"],
      );
    },
    "gives several secrets by name, also those that objects have members of": async ({ secrets, put }) => {
      await put("constructor", "1");
      await put("b", "2");
      const read = assertSuccess(await secrets.getSecrets(["constructor", "b"]));
      assert.deepEqual(
        Object.entries(read).map(([name, secret]) => [name, secret.reveal()]),
        [
          ["constructor", "1"],
          ["b", "2"],
        ],
      );
      assert.deepEqual(assertSuccess(await secrets.getSecrets([])), {});
    },
    "gives none of several when one is missing": async ({ secrets, put }) => {
      await put("a", "1");
      assertFailure(await secrets.getSecrets(["a", "absent"]), "NOT_FOUND");
    },
    "reads a secret anew each time": async ({ secrets, put, remove }) => {
      await put("a", "1");
      assertSuccess(await secrets.getSecret("a"));
      await put("a", "2");
      assert.equal(assertSuccess(await secrets.getSecret("a")).reveal(), "2");
      await remove("a");
      assertFailure(await secrets.getSecret("a"), "NOT_FOUND");
    },
    "is given up at once when the signal has aborted": async ({ secrets, put }) => {
      await put("a", "1");
      assertFailure(await secrets.getSecret("a", { signal: AbortSignal.abort() }), "ABORTED");
      assertFailure(await secrets.getSecrets(["a"], { signal: AbortSignal.abort() }), "ABORTED");
    },
    "gives a watcher the present secret, and each changed one": async ({ secrets, put }) => {
      const watch = new AbortController();
      const seen: string[] = [];
      await put("a", "1");
      const next = ["2", "3"];
      const ended = await secrets.watch(
        "a",
        async (secret) => {
          seen.push(secret.reveal());
          const text = next.shift();
          if (text === undefined) watch.abort();
          else await put("a", text);
        },
        { signal: watch.signal, everyMs: 1 },
      );
      assertSuccess(ended);
      assert.deepEqual(seen, ["1", "2", "3"]);
    },
    "goes on watching a secret that is away for a while, and says so": async ({ secrets, put, remove }) => {
      const watch = new AbortController();
      const seen: string[] = [];
      await put("a", "1");
      const ended = await secrets.watch(
        "a",
        async (secret) => {
          seen.push(secret.reveal());
          if (seen.length > 1) watch.abort();
          else await remove("a");
        },
        {
          signal: watch.signal,
          everyMs: 1,
          onFailure({ code }) {
            if (!seen.includes(code)) seen.unshift(code);
            void put("a", "2");
          },
        },
      );
      assertSuccess(ended);
      assert.deepEqual(seen, ["NOT_FOUND", "1", "2"]);
    },
    "does not watch what is not there, and ends with a handler that fails": async ({ secrets, put }) => {
      const { signal } = new AbortController();
      assertFailure(await secrets.watch("absent", () => {}, { signal }), "NOT_FOUND");
      await put("a", "1");
      const broken = () => Promise.reject(new Error("broken"));
      assertFailure(await secrets.watch("a", broken, { signal }), "HANDLER_FAILED");
      assertSuccess(await secrets.watch("a", broken, { signal: AbortSignal.abort() }));
    },
    "is healthy": async ({ secrets }) => {
      assert.ok(assertSuccess(await secrets.health()).latencyMs >= 0);
    },
  });
}

import assert from "node:assert/strict";
import { assertFailure } from "../assert-result.js";
import { dataOf, subscribe } from "./inbox.js";
import { ignore, options, publish, type PubSubCases, topic } from "./pub-sub-cases.js";

/** What has to be refused. */
export const refusalCases = {
  "refuses topics that are none": async (pubSub) => {
    const invalid = [
      "",
      ".",
      "a.",
      ".a",
      "a..b",
      "A",
      "a b",
      "a*",
      ">",
      "a.>",
      "a/b",
      "../a",
      "a\r\nb",
      "a\u0000",
      "ä",
    ];
    for (const name of [...invalid, "__proto__", "-a", "a_b", "a".repeat(121)]) {
      assertFailure(await pubSub.publish(name, 1), "INVALID_TOPIC");
      assertFailure(await pubSub.subscribe(name, ignore, options), "INVALID_TOPIC");
    }
  },
  "refuses options that are none": async (pubSub) => {
    const invalid = [
      { group: "" },
      { group: "a.b" },
      { group: "a b" },
      { group: "*" },
      { group: "A" },
      { group: "a\r\n" },
    ];
    const numbers = [{ concurrency: 0 }, { maxDeliveries: 0.5 }, { ackTimeoutMs: 1 }, { retryDelayMs: 6_000 }];
    for (const wrong of [...invalid, ...numbers]) {
      assertFailure(await pubSub.subscribe(topic, ignore, { ...options, ...wrong }), "INVALID_OPTION");
    }
    for (const wrong of [{ id: "" }, { id: "a\r\nb" }, { id: "x".repeat(129) }, { subject: "" }]) {
      assertFailure(await pubSub.publish(topic, 1, wrong), "INVALID_OPTION");
    }
  },
  "refuses data that JSON has no form for, and what is too large": async (pubSub) => {
    for (const data of [undefined, 1n, ignore]) assertFailure(await pubSub.publish(topic, data), "NOT_SERIALIZABLE");
    assertFailure(await pubSub.publish(topic, "x".repeat(8_000_000)), "TOO_LARGE");
  },
  "does nothing when its signal has aborted": async (pubSub) => {
    const inbox = await subscribe(pubSub);
    const signal = AbortSignal.abort();
    assertFailure(await pubSub.publish(topic, "given up", { signal }), "ABORTED");
    assertFailure(await pubSub.subscribe(topic, ignore, { ...options, signal }), "ABORTED");
    await publish(pubSub, "next");
    assert.deepEqual((await inbox.take(1)).map(dataOf), ["next"]);
  },
} satisfies PubSubCases;

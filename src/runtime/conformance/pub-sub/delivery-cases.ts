import assert from "node:assert/strict";
import { dataOf, subscribe } from "./inbox.js";
import { publish, type PubSubCases, topic } from "./pub-sub-cases.js";

/** What has to come of what is published. */
export const deliveryCases = {
  "delivers what was published, as a CloudEvent": async (pubSub) => {
    const inbox = await subscribe(pubSub);
    const data = { text: "ü 🎈\r\n\u0000", list: [1, null], __proto__x: true };
    const id = await publish(pubSub, data, { subject: "order 1" });
    const [{ event, delivery }] = await inbox.take(1);
    const { time, source, ...rest } = event;
    const type = { specversion: "1.0", type: topic, datacontenttype: "application/json" };
    assert.deepEqual(rest, { ...type, id, subject: "order 1", data });
    assert.ok(!Number.isNaN(Date.parse(time)) && source.length > 0);
    assert.equal(delivery.attempt, 1);
  },
  "gives each message to one subscriber of each group": async (pubSub) => {
    const first = await subscribe(pubSub);
    const second = await subscribe(pubSub, first.handler);
    const other = await subscribe(pubSub, undefined, { group: "billing" });
    const numbers = Array.from({ length: 20 }, (_, index) => index);
    for (const number of numbers) await publish(pubSub, number);
    assert.deepEqual((await first.take(20)).map(dataOf).toSorted(byNumber), numbers);
    assert.deepEqual((await other.take(20)).map(dataOf), numbers);
    await Promise.all([first, second, other].map((inbox) => inbox.close()));
    assert.equal(first.received.length, 20);
  },
  "keeps messages for a group of which nobody listens": async (pubSub) => {
    const gone = await subscribe(pubSub);
    await gone.close();
    await publish(pubSub, "late");
    const inbox = await subscribe(pubSub);
    assert.deepEqual((await inbox.take(1)).map(dataOf), ["late"]);
  },
  "keeps the order when it delivers one at a time": async (pubSub) => {
    const inbox = await subscribe(pubSub);
    for (let number = 0; number < 20; number++) await publish(pubSub, number);
    assert.deepEqual(
      (await inbox.take(20)).map(dataOf),
      Array.from({ length: 20 }, (_, index) => index),
    );
  },
  "keeps topics apart": async (pubSub) => {
    const inbox = await subscribe(pubSub);
    const other = await subscribe(pubSub, undefined, {}, "orders.paid.twice");
    await publish(pubSub, "other", {}, "orders.paid.twice");
    await publish(pubSub, "own");
    assert.deepEqual((await inbox.take(1)).map(dataOf), ["own"]);
    assert.deepEqual((await other.take(1)).map(dataOf), ["other"]);
  },
  "stores a message once that is published twice with one id": async (pubSub) => {
    const inbox = await subscribe(pubSub);
    assert.equal(await publish(pubSub, "first", { id: "same" }), "same");
    assert.equal(await publish(pubSub, "second", { id: "same" }), "same");
    await publish(pubSub, "last");
    assert.deepEqual((await inbox.take(2)).map(dataOf), ["first", "last"]);
  },
} satisfies PubSubCases;

const byNumber = (one: unknown, other: unknown) => Number(one) - Number(other);

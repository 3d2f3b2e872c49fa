import { Result } from "@phasewise/runtime";
import { deadLetterTopic } from "@phasewise/runtime/platform";
import { expectFailure, expectSuccess, fakeClock, stubPubSub } from "@phasewise/runtime/testing";
import { describe, expect, it } from "vitest";

describe("the stub of pub/sub", () => {
  it("takes as long as the test wants, and delivers again by the clock of the test", async () => {
    const clock = fakeClock();
    const attempts: number[] = [];
    await clock.run(async () => {
      await using pubSub = stubPubSub({ latencyMs: (operation) => (operation === "publish" ? 100 : 0) });
      const handler = async (_: unknown, { attempt }: { attempt: number }) => {
        attempts.push(attempt);
        return Result.error("NOT_YET", "later");
      };
      const options = { group: "shipping", maxDeliveries: 2, retryDelayMs: 30_000 };
      expectSuccess(await pubSub.subscribe("orders.paid", handler, options));
      const publishing = pubSub.publish("orders.paid", { orderId: "o-1" });
      await clock.advance(100);
      expectSuccess(await publishing);
      await clock.advance(29_999);
      expect(attempts).toEqual([1]);
      await clock.advance(1);
      expect(attempts).toEqual([1, 2]);

      const letters: unknown[] = [];
      const keep = async ({ data }: { data: unknown }) => void letters.push(data);
      expectSuccess(await pubSub.subscribe(deadLetterTopic("orders.paid"), keep, { group: "undertaker" }));
      await clock.advance(0);
      expect(letters).toEqual([{ orderId: "o-1" }]);
      expect(clock.pending).toBe(0);
    });
  });

  it("fails at the call that the test names", async () => {
    await using pubSub = stubPubSub({ failure: (operation) => (operation === "publish" ? "UNAVAILABLE" : undefined) });
    expectFailure(await pubSub.publish("orders.paid", 1), "UNAVAILABLE");
    expectSuccess(await pubSub.subscribe("orders.paid", async () => {}, { group: "shipping" }));
  });

  it("has room for so many messages, and keeps the latest dead letters", async () => {
    await using pubSub = stubPubSub({ maxMessages: 2, maxDeadLetters: 2 });
    const first = expectSuccess(await pubSub.subscribe("orders.paid", async () => {}, { group: "shipping" }));
    await first.close();
    expectSuccess(await pubSub.publish("orders.paid", 1));
    expectSuccess(await pubSub.publish("orders.paid", 2));
    expectFailure(await pubSub.publish("orders.paid", 3), "UNAVAILABLE");

    for (const data of [1, 2, 3]) expectSuccess(await pubSub.publish("orders.lost.dead", data));
    const letters: unknown[] = [];
    const letterCame = new Promise<void>((resolve) => {
      const handler = async ({ data }: { data: unknown }) => {
        letters.push(data);
        if (letters.length === 2) resolve();
      };
      void pubSub.subscribe("orders.lost.dead", handler, { group: "undertaker" });
    });
    await letterCame;
    expect(letters).toEqual([2, 3]);
  });

  it("forgets the id of a message after two minutes", async () => {
    const clock = fakeClock();
    await clock.run(async () => {
      await using pubSub = stubPubSub();
      const received: unknown[] = [];
      const handler = async ({ data }: { data: unknown }) => void received.push(data);
      expectSuccess(await pubSub.subscribe("orders.paid", handler, { group: "shipping" }));
      for (const data of ["first", "again"]) expectSuccess(await pubSub.publish("orders.paid", data, { id: "same" }));
      await clock.advance(120_000);
      expectSuccess(await pubSub.publish("orders.paid", "anew", { id: "same" }));
      await clock.advance(0);
      expect(received).toEqual(["first", "anew"]);
    });
  });

  it("waits for handlers when it is disposed, and then has them give up", async () => {
    const clock = fakeClock();
    await clock.run(async () => {
      const pubSub = stubPubSub();
      let hasGivenUp = false;
      const handler = (_: unknown, { signal }: { signal: AbortSignal }) =>
        new Promise<void>((resolve) => {
          signal.addEventListener("abort", () => {
            hasGivenUp = true;
            resolve();
          });
        });
      expectSuccess(await pubSub.subscribe("orders.paid", handler, { group: "shipping" }));
      expectSuccess(await pubSub.publish("orders.paid", 1));
      await clock.advance(0);
      const disposing = pubSub[Symbol.asyncDispose]();
      await clock.advance(4_999);
      expect(hasGivenUp).toBe(false);
      await clock.advance(1);
      await disposing;
      expect(hasGivenUp).toBe(true);
    });
  });
});

import { Result } from "@phasewise/runtime";
import { RetryPolicy, type RetryPolicyOptions } from "@phasewise/runtime/resilience";
import { fakeClock } from "@phasewise/runtime/testing";
import { describe, expect, it } from "vitest";
import { type Answer, fail, missing, scripted, succeed } from "./works.js";

/** When the attempts of work begin that always fails with this. */
async function attemptsWith(options: RetryPolicyOptions, work: () => Promise<Answer> = fail): Promise<number[]> {
  const clock = fakeClock();
  const begunMs: number[] = [];
  const retrying = new RetryPolicy({ ...options, clock }).execute(() => {
    begunMs.push(clock.now());
    return work();
  });
  retrying.catch(() => {});
  await clock.advance(1_000_000);
  expect(clock.pending).toBe(0);
  return begunMs;
}

const throwing = (error: unknown) => () => Promise.reject(error);
const abort = new DOMException("stopped", "AbortError");

describe("RetryPolicy", () => {
  it("begins the work once when it succeeds", async () => {
    const { work, contexts } = scripted();
    expect(await new RetryPolicy().execute(work)).toEqual(await succeed());
    expect(contexts).toHaveLength(1);
  });

  it("begins the work maxRetries times more, and gives the last Failure as it is", async () => {
    const answers = [await fail(), await fail(), await fail()];
    const given = [...answers];
    const last = await new RetryPolicy({ maxRetries: 2, delayMs: 0 }).execute(async () => given.shift()!);
    expect(last).toBe(answers[2]);
    expect(await attemptsWith({})).toHaveLength(3);
    expect(await attemptsWith({ maxRetries: 0 })).toHaveLength(1);
  });

  it("throws the last error as it is", async () => {
    const errors = [new Error("first"), new Error("second")];
    const retry = new RetryPolicy({ maxRetries: 1, delayMs: 0 });
    const left = [...errors];
    await expect(retry.execute(() => Promise.reject(left.shift()))).rejects.toBe(errors[1]);
  });

  it("tells each attempt its number", async () => {
    const { work, contexts } = scripted(fail, throwing("refused"));
    await new RetryPolicy({ delayMs: 0 }).execute(work);
    expect(contexts.map(({ attempt }) => attempt)).toEqual([1, 2, 3]);
  });

  it("waits longer each time, by backoffFactor and up to maxDelayMs", async () => {
    expect(await attemptsWith({ jitter: "none" })).toEqual([0, 100, 300]);
    expect(await attemptsWith({ maxRetries: 3, delayMs: 10, backoffFactor: 3, jitter: "none" })).toEqual([
      0, 10, 40, 130,
    ]);
    expect(await attemptsWith({ maxRetries: 3, backoffFactor: 1, jitter: "none" })).toEqual([0, 100, 200, 300]);
    expect(await attemptsWith({ maxRetries: 3, maxDelayMs: 150, jitter: "none" })).toEqual([0, 100, 250, 400]);
  });

  it("takes a part of each wait at random, unless it is told otherwise", async () => {
    expect(await attemptsWith({ jitter: () => 0.5 })).toEqual([0, 50, 150]);
    const [, second = 0, third = 0] = await attemptsWith({});
    expect(second).toBeLessThan(100);
    expect(third - second).toBeLessThan(200);
    expect(Number.isInteger(third)).toBe(false);
  });

  it("waits as long as the failure asks for", async () => {
    const delayAfter = (error: unknown) => (error as { details?: { waitMs?: number } }).details?.waitMs;
    const asking = (waitMs: number) => async () => Result.error("BUSY", "", { details: { waitMs } });
    expect(await attemptsWith({ delayAfter, maxDelayMs: 5_000 }, asking(5_000))).toEqual([0, 5_000, 10_000]);
    expect(await attemptsWith({ delayAfter, jitter: "none" }, asking(-1))).toEqual([0, 0, 0]);
    expect(await attemptsWith({ delayAfter, jitter: "none" })).toEqual([0, 100, 300]);
  });

  it("gives up when the failure asks for more than maxDelayMs", async () => {
    expect(await attemptsWith({ delayAfter: () => 5_001, maxDelayMs: 5_000 })).toEqual([0]);
  });

  it("repeats only what has one of the codes of retryOn", async () => {
    expect(await attemptsWith({ retryOn: ["BUSY"] })).toHaveLength(3);
    expect(await attemptsWith({ retryOn: ["BUSY"] }, missing)).toHaveLength(1);
    const refused = Object.assign(new Error("refused"), { code: "ECONNREFUSED" });
    expect(await attemptsWith({ retryOn: ["ECONNREFUSED"] }, throwing(refused))).toHaveLength(3);
    expect(await attemptsWith({ retryOn: ["ECONNREFUSED"] }, throwing(undefined))).toHaveLength(1);
  });

  it("repeats only what the function retryOn says yes to", async () => {
    const asked: unknown[] = [];
    const retryOn = (error: unknown) => asked.push(error) < 2;
    const answer = await fail();
    expect(await attemptsWith({ retryOn, maxRetries: 9 }, async () => answer)).toHaveLength(2);
    expect(asked).toEqual([answer.success || answer.error, answer.success || answer.error]);
  });

  it("does not repeat what was given up, unless it is told to", async () => {
    expect(await attemptsWith({}, throwing(abort))).toHaveLength(1);
    expect(await attemptsWith({}, async () => Result.error("BUSY", "", { cause: abort }))).toHaveLength(1);
    expect(await attemptsWith({}, async () => Result.error("BUSY", "", { cause: "refused" }))).toHaveLength(3);
    expect(await attemptsWith({ retryOn: () => true }, throwing(abort))).toHaveLength(3);
  });

  it("ends at once when it is aborted between two attempts, whatever retryOn says", async () => {
    const clock = fakeClock();
    const controller = new AbortController();
    const { work, contexts } = scripted(fail, fail);
    const retry = new RetryPolicy({ delayMs: 60_000, jitter: "none", retryOn: () => true, clock });
    const retrying = retry.execute(work, { signal: controller.signal });
    await clock.advance(100);
    controller.abort("enough");
    await expect(retrying).rejects.toBe("enough");
    expect([contexts.length, clock.pending]).toEqual([1, 0]);
  });

  it("takes time from the clock of the call", async () => {
    const retry = new RetryPolicy({ delayMs: 60_000 });
    const clock = fakeClock();
    const retrying = clock.run(() => retry.execute(scripted(fail).work));
    await clock.advance(60_000);
    expect(await retrying).toEqual(await succeed());
  });

  it.each<RetryPolicyOptions>([
    { maxRetries: -1 },
    { maxRetries: 0.5 },
    { maxRetries: Number.NaN },
    { delayMs: -1 },
    { maxDelayMs: Infinity },
    { backoffFactor: 0.5 },
    { backoffFactor: Number.NaN },
    { retryOn: "BUSY" as never },
  ])("refuses %o", (options) => {
    const [name = ""] = Object.keys(options);
    expect(() => new RetryPolicy(options)).toThrow(
      expect.objectContaining({
        code: "INVALID_OPTION",
        message: expect.stringContaining(`RetryPolicy: ${name} must`),
      }),
    );
  });

  it.each<RetryPolicyOptions>([
    { maxRetries: 0 },
    { maxRetries: Infinity },
    { delayMs: 0 },
    { maxDelayMs: 0 },
    { backoffFactor: 1 },
    { retryOn: [] },
  ])("takes %o", (options) => {
    expect(() => new RetryPolicy(options)).not.toThrow();
  });
});

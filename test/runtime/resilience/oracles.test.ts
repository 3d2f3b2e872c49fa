import { Bulkhead, CircuitBreaker, RetryPolicy } from "@phasewise/runtime/resilience";
import { expectFailure, fakeClock } from "@phasewise/runtime/testing";
import * as cockatiel from "cockatiel";
import fc from "fast-check";
import OpossumBreaker from "opossum";
import pRetry from "p-retry";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Answer, fail, openWork, scripted, succeed } from "./works.js";

/** How the oracles are told of a failure: they know no Results. */
const refused = new Error("refused");
const throwing = () => Promise.reject(refused);
const ignore = () => {};

/** What became of a call, in words that all libraries share. */
const outcomeOf = (call: Promise<unknown>): Promise<string> =>
  call.then(
    (value) => ((value as Partial<Answer> | undefined)?.success === false ? "failed" : "done"),
    (error: unknown) => (error === refused ? "failed" : "refused"),
  );

beforeEach(() => void vi.useFakeTimers({ toFake: ["Date", "setTimeout", "clearTimeout", "performance"] }));
afterEach(() => void vi.useRealTimers());

/** Both clocks go on by so much. */
async function pass(clock: ReturnType<typeof fakeClock>, durationMs: number): Promise<void> {
  await clock.advance(durationMs);
  await vi.advanceTimersByTimeAsync(durationMs);
}

describe("like cockatiel", () => {
  it("a breaker passes, refuses and moves in every sequence of calls and times", async () => {
    const step = fc.record({ durationMs: fc.nat(60), isFailure: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 4 }), fc.array(step, { maxLength: 30 }), async (threshold, steps) => {
        const clock = fakeClock();
        const ours = new CircuitBreaker({ failureThreshold: threshold, recoveryTimeoutMs: 100, clock });
        const theirs = cockatiel.circuitBreaker(cockatiel.handleAll, {
          halfOpenAfter: 100,
          breaker: new cockatiel.ConsecutiveBreaker(threshold),
        });
        for (const { durationMs, isFailure } of steps) {
          await pass(clock, durationMs);
          const work = isFailure ? throwing : succeed;
          const answered = await ours.execute(work).then(
            (answer) => (answer.success ? "done" : "refused"),
            () => "failed",
          );
          expect(answered).toBe(await outcomeOf(theirs.execute(work)));
          const states = { closed: 0, open: 1, "half-open": 2 };
          expect(states[ours.state.status]).toBe(theirs.state);
        }
      }),
      { seed: 4, numRuns: 200 },
    );
  });

  it("a retry begins its attempts at the same moments, and ends the same way", async () => {
    const options = fc.record({
      failures: fc.nat(6),
      maxRetries: fc.nat(5),
      delayMs: fc.integer({ min: 1, max: 50 }),
      maxDelayMs: fc.integer({ min: 1, max: 200 }),
    });
    await fc.assert(
      fc.asyncProperty(options, async ({ failures, maxRetries, delayMs, maxDelayMs }) => {
        const clock = fakeClock();
        const ours = new RetryPolicy({ maxRetries, delayMs, maxDelayMs, jitter: "none", clock });
        const theirs = cockatiel.retry(cockatiel.handleAll, {
          maxAttempts: maxRetries,
          backoff: new cockatiel.ExponentialBackoff({
            initialDelay: delayMs,
            maxDelay: maxDelayMs,
            generator: cockatiel.noJitterGenerator,
          }),
        });
        const begunMs = [[], []] as number[][];
        const startMs = Date.now();
        const script = Array(failures).fill(throwing);
        const [work, sameWork] = [scripted(...script).work, scripted(...script).work] as const;
        const outcomes = Promise.all([
          outcomeOf(
            ours.execute((context) => {
              begunMs[0]?.push(clock.now());
              return work(context);
            }),
          ),
          outcomeOf(
            theirs.execute(({ attempt, signal }) => {
              begunMs[1]?.push(Date.now() - startMs);
              return sameWork({ attempt, signal });
            }),
          ),
        ]);
        await pass(clock, 2_000);
        const [our, their] = await outcomes;
        expect(our).toBe(their);
        expect(begunMs[0]).toEqual(begunMs[1]);
      }),
      { seed: 4, numRuns: 200 },
    );
  });

  it("a bulkhead accepts, queues and refuses in every sequence of calls and ends", async () => {
    const step = fc.oneof(fc.constant("call" as const), fc.nat(9));
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 3 }), fc.nat(3), fc.array(step), async (places, maxQueue, steps) => {
        const clock = fakeClock();
        const ours = new Bulkhead({ maxConcurrency: places, maxQueue });
        const theirs = cockatiel.bulkhead(places, maxQueue);
        const [our, their] = [openWork(), openWork()];
        for (const taken of steps) {
          if (taken === "call") {
            void ours.execute(our.work);
            theirs.execute(({ signal }) => their.work({ signal, attempt: 1 })).catch(ignore);
          } else {
            our.ends[taken]?.resolve(await succeed());
            their.ends[taken]?.resolve(await succeed());
          }
          await clock.advance(0);
          expect([ours.running, ours.waiting]).toEqual([places - theirs.executionSlots, maxQueue - theirs.queueSlots]);
        }
      }),
      { seed: 4, numRuns: 100 },
    );
  });
});

describe("like p-retry", () => {
  it("a retry begins its attempts at the same moments, and ends the same way", async () => {
    const options = fc.record({ failures: fc.nat(6), maxRetries: fc.nat(5), delayMs: fc.integer({ min: 1, max: 50 }) });
    await fc.assert(
      fc.asyncProperty(options, async ({ failures, maxRetries, delayMs }) => {
        const clock = fakeClock();
        const ours = new RetryPolicy({ maxRetries, delayMs, jitter: "none", clock });
        const begunMs = [[], []] as number[][];
        const startMs = Date.now();
        const outcomes = Promise.all([
          outcomeOf(ours.execute(async () => (begunMs[0]!.push(clock.now()) <= failures ? throwing() : succeed()))),
          outcomeOf(
            pRetry(async () => (begunMs[1]!.push(Date.now() - startMs) <= failures ? throwing() : succeed()), {
              retries: maxRetries,
              minTimeout: delayMs,
            }),
          ),
        ]);
        await pass(clock, 5_000);
        const [our, their] = await outcomes;
        expect(our).toBe(their);
        expect(begunMs[0]).toEqual(begunMs[1]);
      }),
      { seed: 4, numRuns: 200 },
    );
  });
});

describe("unlike cockatiel", () => {
  it("a wait without jitter grows by the factor that is asked for", async () => {
    const clock = fakeClock();
    const [ours, theirs] = [scripted(throwing, throwing), scripted(throwing, throwing)];
    const retry = new RetryPolicy({ maxRetries: 2, delayMs: 10, backoffFactor: 5, jitter: "none", clock });
    void retry.execute(ours.work);
    const generator = cockatiel.noJitterGenerator;
    const backoff = new cockatiel.ExponentialBackoff({ initialDelay: 10, exponent: 5, generator });
    void cockatiel.retry(cockatiel.handleAll, { maxAttempts: 2, backoff }).execute(theirs.work);
    await pass(clock, 10 + 20);
    expect([ours.contexts.length, theirs.contexts.length]).toEqual([2, 3]);
    await pass(clock, 30);
    expect(ours.contexts).toHaveLength(3);
  });

  it("a retry that is aborted while it waits ends at once", async () => {
    const clock = fakeClock();
    const [ours, theirs] = [new AbortController(), new AbortController()];
    const settled: string[] = [];
    const retry = new RetryPolicy({ maxRetries: 5, delayMs: 1_000, jitter: "none", clock });
    retry.execute(fail, { signal: ours.signal }).catch(() => settled.push("ours"));
    const backoff = new cockatiel.ConstantBackoff(1_000);
    cockatiel
      .retry(cockatiel.handleAll, { maxAttempts: 5, backoff })
      .execute(throwing, theirs.signal)
      .catch(() => settled.push("theirs"));
    await pass(clock, 10);
    ours.abort();
    theirs.abort();
    await pass(clock, 0);
    expect(settled).toEqual(["ours"]);
    await pass(clock, 989);
    expect(settled).toEqual(["ours"]);
    await pass(clock, 1);
    expect(settled).toEqual(["ours", "theirs"]);
  });

  it("a half-open circuit closes after as many successes as it is told to, not after the first", async () => {
    const clock = fakeClock();
    const ours = new CircuitBreaker({ failureThreshold: 1, recoveryTimeoutMs: 100, successThreshold: 3, clock });
    const theirs = cockatielBreaker(1);
    await Promise.all([ours.execute(fail), theirs.execute(throwing).catch(ignore)]);
    await pass(clock, 100);
    await Promise.all([ours.execute(succeed), theirs.execute(succeed)]);
    expect([ours.state.status, theirs.state]).toEqual(["half-open", cockatiel.CircuitState.Closed]);
  });

  it("a call that its caller aborts is no failure of the dependency", async () => {
    const ours = new CircuitBreaker({ failureThreshold: 1 });
    const theirs = cockatielBreaker(1);
    const controller = new AbortController();
    const untilAbort = ({ signal }: { signal: AbortSignal }) =>
      new Promise<Answer>((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
    const calls = [
      ours.execute(untilAbort, { signal: controller.signal }),
      theirs.execute(untilAbort, controller.signal),
    ];
    controller.abort();
    await Promise.allSettled(calls);
    expect([ours.state.status, theirs.state]).toEqual(["closed", cockatiel.CircuitState.Open]);
  });

  it("an answer to a call that was begun before counts for nothing in a half-open circuit", async () => {
    const clock = fakeClock();
    const ours = new CircuitBreaker({ failureThreshold: 1, recoveryTimeoutMs: 100, clock });
    const theirs = cockatielBreaker(1);
    const [our, their] = [openWork(), openWork()];
    const theirWork = ({ signal }: { signal: AbortSignal }) => their.work({ signal, attempt: 1 });
    const late = [ours.execute(our.work), theirs.execute(theirWork).catch(ignore)];
    await Promise.all([ours.execute(fail), theirs.execute(throwing).catch(ignore)]);
    await pass(clock, 100);
    void ours.execute(our.work);
    void theirs.execute(theirWork);
    our.ends[0]?.reject(refused);
    their.ends[0]?.reject(refused);
    await Promise.allSettled(late);
    expect([ours.state.status, theirs.state]).toEqual(["half-open", cockatiel.CircuitState.Open]);
  });

  it("a call that waits in a bulkhead can be aborted", async () => {
    const clock = fakeClock();
    const ours = new Bulkhead({ maxConcurrency: 1, maxQueue: 1 });
    const theirs = cockatiel.bulkhead(1, 1);
    const [our, their] = [openWork(), openWork()];
    const theirWork = ({ signal }: { signal: AbortSignal }) => their.work({ signal, attempt: 1 });
    void ours.execute(our.work);
    void theirs.execute(theirWork);
    const controller = new AbortController();
    const settled: string[] = [];
    ours.execute(our.work, { signal: controller.signal }).catch(() => settled.push("ours"));
    theirs.execute(theirWork, controller.signal).catch(() => settled.push("theirs"));
    controller.abort();
    await pass(clock, 60_000);
    expect(settled).toEqual(["ours"]);
    expect([ours.waiting, theirs.queueSlots]).toEqual([0, 0]);
  });

  const cockatielBreaker = (threshold: number) =>
    cockatiel.circuitBreaker(cockatiel.handleAll, {
      halfOpenAfter: 100,
      breaker: new cockatiel.ConsecutiveBreaker(threshold),
    });
});

describe("unlike opossum", () => {
  it("a breaker opens after so many failures, not at the first one of its life", async () => {
    const ours = new CircuitBreaker({ failureThreshold: 2 });
    const theirs = new OpossumBreaker(throwing);
    await Promise.all([ours.execute(fail), theirs.fire().catch(ignore)]);
    expect([ours.state.status, theirs.opened]).toEqual(["closed", true]);
    theirs.shutdown();
  });

  it("a breaker opens when its dependency begins to fail, however much has succeeded before", async () => {
    const ours = new CircuitBreaker({ failureThreshold: 3 });
    const theirs = new OpossumBreaker((work: () => Promise<Answer>) => work());
    for (let call = 0; call < 100; call++) await Promise.all([ours.execute(succeed), theirs.fire(succeed)]);
    for (let call = 0; call < 50; call++) await Promise.all([ours.execute(fail), theirs.fire(throwing).catch(ignore)]);
    expect([ours.state.status, theirs.opened]).toEqual(["open", false]);
    theirs.shutdown();
  });

  it("each call has a signal of its own, which ends it", async () => {
    const clock = fakeClock();
    const controller = new AbortController();
    const { work } = openWork();
    const settled: string[] = [];
    const context = { signal: controller.signal, attempt: 1 };
    new CircuitBreaker().execute(work, context).catch(() => settled.push("ours"));
    const theirs = new OpossumBreaker(work, { timeout: 1_000 });
    theirs.fire(context).catch(() => settled.push("theirs"));
    controller.abort();
    await pass(clock, 999);
    expect(settled).toEqual(["ours"]);
    await pass(clock, 1);
    expect(settled).toEqual(["ours", "theirs"]);
    theirs.shutdown();
  });

  it("an answer to a call that was begun before does not close a half-open circuit", async () => {
    const clock = fakeClock();
    const ours = new CircuitBreaker({ failureThreshold: 1, recoveryTimeoutMs: 100, clock });
    const theirs = new OpossumBreaker((work: () => Promise<Answer>) => work(), { resetTimeout: 100 });
    const [our, their] = [openWork(), openWork()];
    const theirWork = () => their.work({ signal: new AbortController().signal, attempt: 1 });
    const late = [ours.execute(our.work), theirs.fire(theirWork)];
    await Promise.all([ours.execute(fail), theirs.fire(throwing).catch(ignore)]);
    theirs.open();
    await pass(clock, 100);
    void ours.execute(our.work);
    void theirs.fire(theirWork);
    our.ends[0]?.resolve(await succeed());
    their.ends[0]?.resolve(await succeed());
    await Promise.all(late);
    expect([ours.state.status, theirs.closed]).toEqual(["half-open", true]);
    theirs.shutdown();
  });

  it("a Failure is a failed call", async () => {
    const ours = new CircuitBreaker({ failureThreshold: 1 });
    const theirs = new OpossumBreaker(fail);
    await Promise.all([ours.execute(fail), theirs.fire()]);
    expectFailure(await ours.execute(succeed), "CIRCUIT_OPEN");
    expect(theirs.opened).toBe(false);
    theirs.shutdown();
  });
});

describe("unlike p-retry", () => {
  it("a Failure is tried again", async () => {
    const clock = fakeClock();
    const [ours, theirs] = [scripted(fail), scripted(fail)];
    const context = { signal: new AbortController().signal, attempt: 1 };
    const calls = [new RetryPolicy({ clock }).execute(ours.work), pRetry(() => theirs.work(context))];
    await pass(clock, 60_000);
    expect((await Promise.all(calls)).map(({ success }) => success)).toEqual([true, false]);
  });

  it("an abort ends an attempt that ignores its signal", async () => {
    const clock = fakeClock();
    const controller = new AbortController();
    const { work } = openWork();
    const settled: string[] = [];
    const { signal } = controller;
    new RetryPolicy().execute(work, { signal }).catch(() => settled.push("ours"));
    pRetry((attempt) => work({ attempt, signal }), { signal }).catch(() => settled.push("theirs"));
    controller.abort();
    await pass(clock, 60_000);
    expect(settled).toEqual(["ours"]);
  });
});

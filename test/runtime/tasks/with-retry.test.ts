import { trace } from "@opentelemetry/api";
import { InMemorySpanExporter, NodeTracerProvider, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-node";
import { Result, type RetryOptions, withRetry } from "@phasewise/runtime";
import { expectFailure, fakeClock } from "@phasewise/runtime/testing";
import { describe, expect, it } from "vitest";

/** Work that rejects with these errors, one an attempt, and then fulfils. Notes when each attempt begins. */
function failing(errors: readonly unknown[], now: () => number = () => 0) {
  const left = [...errors];
  const begunMs: number[] = [];
  const work = async () => {
    begunMs.push(now());
    if (left.length > 0) throw left.shift();
    return "done";
  };
  return { work, begunMs };
}

/** When the attempts of work begin that always fails. */
async function attemptsWith(options: RetryOptions): Promise<number[]> {
  const clock = fakeClock();
  const { work, begunMs } = failing(Array(20).fill("refused"), () => clock.now());
  const retrying = withRetry(work, { ...options, clock }).catch(() => {});
  await clock.advance(1_000_000);
  await retrying;
  return begunMs;
}

describe("withRetry", () => {
  it("gives what the first successful attempt gives, and tells each attempt its number", async () => {
    const clock = fakeClock();
    const numbers: number[] = [];
    const retrying = withRetry(
      async ({ number }) => {
        numbers.push(number);
        if (number < 3) throw new Error("refused");
        return "done";
      },
      { clock },
    );
    await clock.advance(1_000);
    await expect(retrying).resolves.toBe("done");
    expect(numbers).toEqual([1, 2, 3]);
    expect(clock.pending).toBe(0);
  });

  it("begins the work once when it succeeds at once", async () => {
    const { work, begunMs } = failing([]);
    await expect(withRetry(work)).resolves.toBe("done");
    expect(begunMs).toHaveLength(1);
  });

  it("throws the last error as it is", async () => {
    const clock = fakeClock();
    const last = new Error("third");
    const retrying = withRetry(failing(["first", "second", last]).work, { clock });
    await Promise.all([expect(retrying).rejects.toBe(last), clock.advance(1_000)]);
  });

  it("retries a Failure as well, and gives the last one as it is", async () => {
    const clock = fakeClock();
    const failures = [Result.error("BUSY", "first"), Result.error("BUSY", "second")];
    const given = [...failures];
    const retrying = withRetry(async () => given.shift()!, { maxAttempts: 2, clock });
    await clock.advance(1_000);
    expect(await retrying).toBe(failures[1]);
  });

  it("gives the Success that comes after a Failure", async () => {
    const clock = fakeClock();
    const retrying = withRetry(
      async ({ number }): Promise<Result<number, "BUSY">> =>
        number === 1 ? Result.error("BUSY", "") : Result.success(number),
      { clock },
    );
    await clock.advance(1_000);
    expect(await retrying).toEqual({ success: true, data: 2 });
  });

  it("waits longer each time, up to maxDelayMs", async () => {
    expect(await attemptsWith({ jitter: "none" })).toEqual([0, 100, 300]);
    expect(await attemptsWith({ maxAttempts: 5, delayMs: 10, factor: 3, jitter: "none" })).toEqual([
      0, 10, 40, 130, 400,
    ]);
    expect(await attemptsWith({ maxAttempts: 4, maxDelayMs: 150, jitter: "none" })).toEqual([0, 100, 250, 400]);
  });

  it("does not wait when delayMs is 0, however many attempts there are", async () => {
    const clock = fakeClock();
    const retrying = withRetry(failing(Array(1_100).fill("refused")).work, {
      maxAttempts: Infinity,
      delayMs: 0,
      clock,
    });
    await clock.advance(0);
    await expect(retrying).resolves.toBe("done");
  });

  it("takes a part of the wait at random, which is how many callers are spread", async () => {
    const parts = [0.5, 0.25];
    expect(await attemptsWith({ jitter: () => parts.shift()! })).toEqual([0, 50, 100]);

    const [, second = 0, third = 0] = await attemptsWith({});
    expect(second).toBeLessThan(100);
    expect(third).toBeLessThan(second + 200);
    expect(Number.isInteger(third)).toBe(false);
  });

  it("waits as long as the one who failed asks for, and gives up when that is above maxDelayMs", async () => {
    const asked: unknown[] = [];
    const delayAfter = (answer: number | undefined) => (error: unknown) => (asked.push(error), answer);
    expect(await attemptsWith({ delayAfter: delayAfter(700) })).toEqual([0, 700, 1_400]);
    expect(asked).toEqual(["refused", "refused"]);
    expect(await attemptsWith({ delayAfter: delayAfter(700), maxDelayMs: 700 })).toEqual([0, 700, 1_400]);
    expect(await attemptsWith({ delayAfter: delayAfter(701), maxDelayMs: 700 })).toEqual([0]);
    expect(await attemptsWith({ delayAfter: delayAfter(-1) })).toEqual([0, 0, 0]);
    expect(await attemptsWith({ delayAfter: delayAfter(undefined), jitter: "none" })).toEqual([0, 100, 300]);
  });

  it("asks delayAfter with the error of the Failure, and not when there is no further attempt", async () => {
    const clock = fakeClock();
    const asked: unknown[] = [];
    const failure = Result.error("BUSY", "", { details: { retryAfterMs: 700 } });
    const delayAfter = (error: unknown) => (asked.push(error), 700);
    const retrying = withRetry(async () => failure, { maxAttempts: 2, delayAfter, clock });
    await clock.advance(700);
    expect(await retrying).toBe(failure);
    expect(asked).toEqual([failure.error]);
  });

  it("asks isRetryable with the thrown error", async () => {
    const asked: unknown[] = [];
    const isRetryable = (error: unknown) => asked.push(error) < 1;
    await expect(withRetry(failing(["fatal"]).work, { isRetryable })).rejects.toBe("fatal");
    expect(asked).toEqual(["fatal"]);
  });

  it("asks isRetryable with the error of the Failure", async () => {
    const clock = fakeClock();
    const codes = ["BUSY", "NOT_FOUND", "BUSY"];
    const isRetryable = (error: unknown) => (error as { code: string }).code === "BUSY";
    const retrying = withRetry(async () => Result.error(codes.shift()!, ""), { isRetryable, clock });
    await clock.advance(1_000);
    expectFailure(await retrying, "NOT_FOUND");
    expect(codes).toEqual(["BUSY"]);
  });

  it("does not repeat what was aborted, unless it is told to", async () => {
    const abort = new DOMException("stopped", "AbortError");
    const { work, begunMs } = failing([abort]);
    await expect(withRetry(work)).rejects.toBe(abort);
    expect(begunMs).toHaveLength(1);

    const clock = fakeClock();
    const again = withRetry(failing([abort]).work, { isRetryable: () => true, clock });
    await clock.advance(100);
    await expect(again).resolves.toBe("done");
  });

  it("ends at once when it is aborted between two attempts, and leaves no timer", async () => {
    const clock = fakeClock();
    const controller = new AbortController();
    const { work, begunMs } = failing(["refused", "refused"]);
    const retrying = withRetry(work, { delayMs: 60_000, jitter: "none", clock, signal: controller.signal });
    await clock.advance(100);
    controller.abort("enough");
    await expect(retrying).rejects.toBe("enough");
    expect(begunMs).toHaveLength(1);
    expect(clock.pending).toBe(0);
  });

  it("ends at once when it is aborted during an attempt, whose late rejection is handled", async () => {
    const controller = new AbortController();
    let reject!: (error: unknown) => void;
    let seen: AbortSignal | undefined;
    const work = ({ signal }: { signal: AbortSignal }) => {
      seen = signal;
      return new Promise<never>((_, fail) => (reject = fail));
    };
    const retrying = withRetry(work, { signal: controller.signal });
    controller.abort("enough");
    await expect(retrying).rejects.toBe("enough");
    expect(seen?.reason).toBe("enough");
    reject(new Error("late"));
  });

  it("does not begin the work when it was aborted before", async () => {
    const { work, begunMs } = failing([]);
    await expect(withRetry(work, { signal: AbortSignal.abort("enough") })).rejects.toBe("enough");
    expect(begunMs).toEqual([]);
  });

  it("gives each attempt a signal when the caller has none", async () => {
    const signal = await withRetry(async (attempt) => attempt.signal);
    expect(signal.aborted).toBe(false);
  });

  it("treats work that throws instead of rejecting as a failed attempt", async () => {
    const work = ({ number }: { number: number }) => {
      if (number === 1) throw new Error("at once");
      return Promise.resolve(number);
    };
    const clock = fakeClock();
    const retrying = withRetry(work, { clock });
    await clock.advance(100);
    await expect(retrying).resolves.toBe(2);
  });

  it("makes a span of each wait", async () => {
    const exporter = new InMemorySpanExporter();
    new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }).register();
    await withRetry(failing(["refused", "refused"]).work, { delayMs: 0 });
    expect(exporter.getFinishedSpans()).toMatchObject(
      [1, 2].map((number) => ({ name: "phasewise.retry.wait", attributes: { "phasewise.retry.attempt": number } })),
    );
    trace.disable();
  });

  it("refuses a promise, which could not be begun again", async () => {
    await expect(withRetry(Promise.resolve() as never)).rejects.toMatchObject({
      code: "NOT_A_FUNCTION",
      message: "withRetry takes a function that begins the work, not a promise: write withRetry(() => …).",
    });
  });

  it.each([
    { maxAttempts: 0 },
    { maxAttempts: 1.5 },
    { maxAttempts: Number.NaN },
    { delayMs: -1 },
    { maxDelayMs: Infinity },
  ])("refuses %o, before it begins the work", async (options) => {
    const { work, begunMs } = failing([]);
    await expect(withRetry(work, options)).rejects.toMatchObject({ code: "INVALID_OPTION" });
    expect(begunMs).toEqual([]);
  });

  it.each([{ maxAttempts: 1 }, { maxAttempts: Infinity }, { delayMs: 0 }, { maxDelayMs: 0 }])(
    "takes %o",
    async (options) => {
      await expect(withRetry(failing([]).work, options)).resolves.toBe("done");
    },
  );
});

import { Result } from "@phasewise/runtime";
import { CircuitBreaker, type CircuitBreakerOptions, type CircuitTransition } from "@phasewise/runtime/resilience";
import { expectFailure, fakeClock } from "@phasewise/runtime/testing";
import { describe, expect, it } from "vitest";
import { fail, missing, never, openWork, succeed } from "./works.js";

/** A breaker with a clock of its own, and its state in a word. */
function breakerWith(options: CircuitBreakerOptions = {}) {
  const clock = fakeClock();
  const breaker = new CircuitBreaker({ failureThreshold: 2, recoveryTimeoutMs: 1_000, ...options, clock });
  return { clock, breaker, status: () => breaker.state.status };
}

/** One whose time has come to be tried again. */
async function recoveringWith(options: CircuitBreakerOptions = {}) {
  const parts = breakerWith({ failureThreshold: 1, ...options });
  await parts.breaker.execute(fail);
  await parts.clock.advance(1_000);
  return parts;
}

const throwing = (error: unknown) => () => Promise.reject(error);
const ignore = () => {};

describe("a closed circuit", () => {
  it("opens after so many failures in a row, thrown or answered", async () => {
    const { breaker, status } = breakerWith({ failureThreshold: 3 });
    await breaker.execute(fail);
    await breaker.execute(throwing("refused")).catch(ignore);
    expect(status()).toBe("closed");
    await breaker.execute(fail);
    expect(status()).toBe("open");
  });

  it("begins to count anew after a success, however many failures there have been in its life", async () => {
    const { breaker, status } = breakerWith();
    for (let round = 0; round < 50; round++) {
      await breaker.execute(fail);
      await breaker.execute(succeed);
    }
    expect(status()).toBe("closed");
  });

  it("opens by default after five failures, and is tried again after 30 seconds", async () => {
    const clock = fakeClock();
    const breaker = new CircuitBreaker({ clock });
    for (let call = 0; call < 5; call++) {
      expect(breaker.state.status).toBe("closed");
      await breaker.execute(fail);
    }
    expect(breaker.state).toMatchObject({ status: "open", retryAtMs: 30_000 });
    await clock.advance(30_000);
    await breaker.execute(succeed);
    expect(breaker.state.status).toBe("closed");
  });

  it("with a window opens after so many failures within it, whatever succeeds meanwhile", async () => {
    const { breaker, clock, status } = breakerWith({ failureThreshold: 3, windowMs: 100 });
    for (const waitMs of [0, 50, 51, 50, 51]) {
      await clock.advance(waitMs);
      await breaker.execute(fail);
      await breaker.execute(succeed);
    }
    expect(status()).toBe("closed");
    await clock.advance(49);
    await breaker.execute(fail);
    expect(status()).toBe("open");
  });

  it("does not take over the failures of a window when it is closed again", async () => {
    const { breaker, clock, status } = breakerWith({ failureThreshold: 2, windowMs: 10_000 });
    await breaker.execute(fail);
    await breaker.execute(fail);
    await clock.advance(1_000);
    await breaker.execute(succeed);
    await breaker.execute(fail);
    expect(status()).toBe("closed");
    await breaker.execute(fail);
    expect(status()).toBe("open");
  });

  it("counts only failures with the codes of failOn; another Failure is an answer, and ends the row", async () => {
    const { breaker, status } = breakerWith({ failOn: ["BUSY"] });
    for (const work of [fail, missing, fail]) await breaker.execute(work);
    expect(status()).toBe("closed");
    await breaker.execute(fail);
    expect(status()).toBe("open");
  });

  it("counts only what the function failOn says yes to", async () => {
    const { breaker, status } = breakerWith({ failureThreshold: 1, failOn: (error) => error === "refused" });
    await breaker.execute(fail);
    await breaker.execute(throwing("another")).catch(ignore);
    expect(status()).toBe("closed");
    await breaker.execute(throwing("refused")).catch(ignore);
    expect(status()).toBe("open");
  });

  it("takes neither for a failure nor for a success what was given up", async () => {
    const { breaker, status } = breakerWith();
    const abort = new DOMException("stopped", "AbortError");
    await breaker.execute(fail);
    await breaker.execute(throwing(abort)).catch(ignore);
    await breaker.execute(async () => Result.error("BUSY", "", { cause: abort }));
    expect(status()).toBe("closed");
    await breaker.execute(fail);
    expect(status()).toBe("open");
  });

  it("takes neither for a failure nor for a success what its caller aborts, whatever failOn says", async () => {
    const { breaker, status } = breakerWith({ failOn: () => true });
    await breaker.execute(fail);
    const controller = new AbortController();
    const calling = breaker.execute(never, { signal: controller.signal });
    controller.abort("enough");
    await calling.catch(ignore);
    expect(status()).toBe("closed");
    await breaker.execute(fail);
    expect(status()).toBe("open");
  });

  it("counts what failOn says yes to also when it was given up by somebody else than the caller", async () => {
    const { breaker, status } = breakerWith({ failureThreshold: 1, failOn: () => true });
    await breaker.execute(throwing(new DOMException("stopped", "AbortError"))).catch(ignore);
    expect(status()).toBe("open");
  });

  it("counts the failure of a call that was aborted when it had failed", async () => {
    const { breaker, status } = breakerWith({ failureThreshold: 1 });
    const controller = new AbortController();
    const { work, ends } = openWork();
    const calling = breaker.execute(work, { signal: controller.signal });
    ends[0]?.resolve(await fail());
    await calling;
    controller.abort();
    expect(status()).toBe("open");
  });
});

describe("an open circuit", () => {
  it("answers CIRCUIT_OPEN without beginning the work, and tells when it is tried again and why it is open", async () => {
    const { breaker, clock } = breakerWith({ failureThreshold: 1 });
    const failure = await fail();
    await breaker.execute(async () => failure);
    await clock.advance(400.5);
    let calls = 0;
    const refused = await breaker.execute(async () => Result.success(++calls));
    expect(expectFailure(refused, "CIRCUIT_OPEN")).toEqual({
      code: "CIRCUIT_OPEN",
      message: "The circuit is open; call again in 600 ms.",
      cause: failure.success || failure.error,
      details: { retryAfterMs: 599.5 },
    });
    expect(calls).toBe(0);
    await clock.advance(599.5);
    expect((await breaker.execute(async () => Result.success(++calls))).success).toBe(true);
  });

  it("needs no timer", async () => {
    const { breaker, clock } = breakerWith({ failureThreshold: 1 });
    await breaker.execute(fail);
    expect(clock.pending).toBe(0);
    await clock.advance(10_000);
    expect(breaker.state).toEqual({ status: "open", sinceMs: 0, retryAtMs: 1_000, cause: expect.anything() });
  });

  it("does not count what calls answer that were begun before", async () => {
    const { breaker, clock, status } = breakerWith();
    const { work, ends } = openWork();
    const late = [breaker.execute(work), breaker.execute(work), breaker.execute(work)];
    await breaker.execute(fail);
    await breaker.execute(fail);
    await clock.advance(500);
    ends[0]?.resolve(await fail());
    ends[1]?.resolve(await succeed());
    await Promise.all(late.slice(0, 2));
    expect(breaker.state).toMatchObject({ status: "open", retryAtMs: 1_000 });

    await clock.advance(500);
    const probe = breaker.execute(work);
    ends[2]?.resolve(await fail());
    await late[2];
    expect(status()).toBe("half-open");
    ends[3]?.resolve(await succeed());
    await probe;
    expect(status()).toBe("closed");
  });
});

describe("a half-open circuit", () => {
  it("lets one probe through, refuses the others, and closes when it succeeds", async () => {
    const { breaker, clock, status } = await recoveringWith();
    const { work, contexts, ends } = openWork();
    const probe = breaker.execute(work);
    await clock.advance(200);
    expect(expectFailure(await breaker.execute(work), "CIRCUIT_OPEN")).toEqual({
      code: "CIRCUIT_OPEN",
      message: "The circuit is being tried; call again in 800 ms.",
      details: { retryAfterMs: 800 },
    });
    expect([contexts.length, breaker.state]).toEqual([1, { status: "half-open", sinceMs: 1_000 }]);
    ends[0]?.resolve(await succeed());
    await probe;
    expect(status()).toBe("closed");
  });

  it("opens again when a probe fails, for the whole time", async () => {
    const { breaker, clock } = await recoveringWith({ successThreshold: 2 });
    await breaker.execute(succeed);
    await clock.advance(100);
    await breaker.execute(fail);
    expect(breaker.state).toMatchObject({ status: "open", sinceMs: 1_100, retryAtMs: 2_100 });
  });

  it("closes after successThreshold successes, with so many probes at a time at most", async () => {
    const { breaker, status } = await recoveringWith({ successThreshold: 2 });
    const { work, ends } = openWork();
    const probes = [breaker.execute(work), breaker.execute(work)];
    expectFailure(await breaker.execute(work), "CIRCUIT_OPEN");
    ends[0]?.resolve(await succeed());
    await probes[0];
    expect(status()).toBe("half-open");
    expectFailure(await breaker.execute(work), "CIRCUIT_OPEN");
    ends[1]?.resolve(await succeed());
    await probes[1];
    expect([status(), ends.length]).toEqual(["closed", 2]);
  });

  it("waits for its successes as long as there are few calls", async () => {
    const { breaker, clock, status } = await recoveringWith({ successThreshold: 3 });
    for (let call = 0; call < 3; call++) {
      expect(status()).toBe(call === 0 ? "open" : "half-open");
      await breaker.execute(succeed);
      await clock.advance(5_000);
    }
    expect(status()).toBe("closed");
  });

  it("gives the place of a probe that its caller aborts to the next one, also when the work goes on", async () => {
    const { breaker, status } = await recoveringWith();
    const { work, ends } = openWork();
    const controller = new AbortController();
    const probe = breaker.execute(work, { signal: controller.signal });
    controller.abort("enough");
    await expect(probe).rejects.toBe("enough");
    expect(status()).toBe("half-open");
    const next = breaker.execute(work);
    ends[0]?.resolve(await fail());
    ends[1]?.resolve(await succeed());
    await next;
    expect(status()).toBe("closed");
  });

  it("gives the place of a probe that does not answer for recoveryTimeoutMs to the next one", async () => {
    const { breaker, clock, status } = await recoveringWith({ successThreshold: 2 });
    const { work, ends } = openWork();
    await breaker.execute(succeed);
    const lost = breaker.execute(work);
    await clock.advance(999);
    expectFailure(await breaker.execute(succeed), "CIRCUIT_OPEN");
    await clock.advance(1);
    const next = breaker.execute(work);
    expectFailure(await breaker.execute(succeed), "CIRCUIT_OPEN");
    ends[0]?.resolve(await fail());
    await lost;
    expect(status()).toBe("half-open");
    ends[1]?.resolve(await succeed());
    await next;
    expect(status()).toBe("closed");
  });

  it("frees the place of a probe also when failOn throws", async () => {
    let isAsked = false;
    const failOn = () => {
      if (!isAsked) return (isAsked = true);
      throw new Error("cannot tell");
    };
    const { breaker, status } = await recoveringWith({ failOn });
    await expect(breaker.execute(fail)).rejects.toThrow("cannot tell");
    expect(status()).toBe("half-open");
    await breaker.execute(succeed);
    expect(status()).toBe("closed");
  });
});

describe("onStateChange", () => {
  it("tells each step once, at once, until it is told to stop", async () => {
    const { breaker, clock } = breakerWith({ failureThreshold: 1 });
    const steps: CircuitTransition[] = [];
    const stop = breaker.onStateChange((step) => {
      expect(breaker.state).toBe(step.to);
      steps.push(step);
    });
    const failure = await fail();
    await breaker.execute(async () => failure);
    await clock.advance(1_000);
    await breaker.execute(succeed);
    const [closed, open, halfOpen, closedAgain] = [
      { status: "closed", sinceMs: 0 },
      { status: "open", sinceMs: 0, retryAtMs: 1_000, cause: failure.success || failure.error },
      { status: "half-open", sinceMs: 1_000 },
      { status: "closed", sinceMs: 1_000 },
    ];
    const expected = [
      { from: closed, to: open },
      { from: open, to: halfOpen },
      { from: halfOpen, to: closedAgain },
    ];
    expect(steps).toEqual(expected);
    stop();
    stop();
    await breaker.execute(fail);
    expect(steps).toHaveLength(3);
  });

  it("tells a listener that was added twice as long as one of the two is there", async () => {
    const { breaker } = breakerWith({ failureThreshold: 1 });
    const steps: string[] = [];
    const listener = ({ to }: CircuitTransition) => void steps.push(to.status);
    breaker.onStateChange(listener)();
    const stop = breaker.onStateChange(listener);
    breaker.onStateChange(listener);
    stop();
    await breaker.execute(fail);
    expect(steps).toEqual(["open"]);
  });

  it("makes a warning of what a listener throws, at once or later, and nothing else", async () => {
    const { breaker, clock, status } = breakerWith({ failureThreshold: 1 });
    const warnings: string[] = [];
    const note = ({ message }: Error) => warnings.push(message);
    process.on("warning", note);
    try {
      const seen: string[] = [];
      breaker.onStateChange(() => {
        throw new Error("at once");
      });
      breaker.onStateChange(async () => Promise.reject("later"));
      breaker.onStateChange(({ to }) => void seen.push(to.status));
      const answer = await fail();
      expect(await breaker.execute(async () => answer)).toBe(answer);
      await clock.advance(0);
      expect([status(), seen, warnings]).toEqual(["open", ["open"], ["at once", "later"]]);
    } finally {
      process.off("warning", note);
    }
  });

  it("lets a listener call, which is a call like any other", async () => {
    const { breaker } = await recoveringWith();
    const calls: Promise<unknown>[] = [];
    breaker.onStateChange(({ to }) => {
      if (to.status === "half-open") calls.push(breaker.execute(succeed));
    });
    expectFailure(await breaker.execute(succeed), "CIRCUIT_OPEN");
    expect(await Promise.all(calls)).toEqual([await succeed()]);
  });
});

describe("new CircuitBreaker", () => {
  it("takes time from the clock that is current when it is made", async () => {
    const clock = fakeClock();
    await clock.advance(7);
    const breaker = clock.run(() => new CircuitBreaker());
    expect(breaker.state).toEqual({ status: "closed", sinceMs: 7 });
  });

  it.each<CircuitBreakerOptions>([
    { failureThreshold: 0 },
    { failureThreshold: 1.5 },
    { successThreshold: 0 },
    { recoveryTimeoutMs: 0 },
    { recoveryTimeoutMs: -1 },
    { windowMs: 0 },
    { windowMs: Number.NaN },
    { failOn: "BUSY" as never },
  ])("refuses %o", (options) => {
    const [name = ""] = Object.keys(options);
    expect(() => new CircuitBreaker(options)).toThrow(
      expect.objectContaining({
        code: "INVALID_OPTION",
        message: expect.stringContaining(`CircuitBreaker: ${name} must`),
      }),
    );
  });

  it.each<CircuitBreakerOptions>([
    { failureThreshold: 1 },
    { failureThreshold: Infinity },
    { successThreshold: 1 },
    { recoveryTimeoutMs: 0.5 },
    { windowMs: 1 },
    { failOn: [] },
  ])("takes %o", (options) => {
    expect(() => new CircuitBreaker(options)).not.toThrow();
  });
});

import { CircuitBreaker } from "@phasewise/runtime/resilience";
import { fakeClock } from "@phasewise/runtime/testing";
import fc from "fast-check";
import { expect, it } from "vitest";
import { fail, openWork, succeed } from "./works.js";

interface Options {
  readonly failureThreshold: number;
  readonly successThreshold: number;
  readonly recoveryTimeoutMs: number;
  readonly windowMs: number | undefined;
}

type Outcome = "success" | "failure" | "abort";

/** What a breaker shall do, told as a list of what has happened: nothing is counted, everything is looked up. */
class Model {
  readonly options: Options;
  /** Each state with what happened in it. */
  status = "closed";
  begun = new Map<number, number>();
  failuresMs: number[] = [];
  successes = 0;
  openedMs = 0;
  probedMs = 0;

  constructor(options: Options) {
    this.options = options;
  }

  /** Is the call let through? */
  begin(call: number, nowMs: number): boolean {
    const { recoveryTimeoutMs, successThreshold } = this.options;
    if (this.status === "open" && nowMs - this.openedMs >= recoveryTimeoutMs) this.enter("half-open");
    else if (this.status === "half-open" && nowMs - this.probedMs >= recoveryTimeoutMs) this.begun.clear();
    if (this.status === "open") return false;
    if (this.status === "half-open" && this.begun.size + this.successes >= successThreshold) return false;
    this.begun.set(call, nowMs);
    this.probedMs = nowMs;
    return true;
  }

  end(call: number, outcome: Outcome, nowMs: number): void {
    const { failureThreshold, successThreshold, windowMs } = this.options;
    if (!this.begun.delete(call) || outcome === "abort") return;
    if (outcome === "success") {
      this.successes++;
      if (windowMs === undefined) this.failuresMs = [];
      if (this.status === "half-open" && this.successes >= successThreshold) this.enter("closed");
      return;
    }
    this.failuresMs.push(nowMs);
    const recent = this.failuresMs.filter((failedMs) => failedMs >= nowMs - (windowMs ?? Infinity));
    if (this.status === "closed" && recent.length < failureThreshold) return;
    this.openedMs = nowMs;
    this.enter("open");
  }

  enter(status: string): void {
    this.status = status;
    this.begun.clear();
    this.failuresMs = [];
    this.successes = 0;
  }
}

const step = fc.oneof(
  { weight: 4, arbitrary: fc.constant({ kind: "begin" } as const) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant("end" as const),
      call: fc.nat(7),
      outcome: fc.constantFrom<Outcome>("success", "failure", "failure", "abort"),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("pass" as const), durationMs: fc.nat(60) }) },
);

it("does in every order of calls, answers, aborts and times what a model of it does", async () => {
  const options = fc.record({
    failureThreshold: fc.integer({ min: 1, max: 3 }),
    successThreshold: fc.integer({ min: 1, max: 3 }),
    recoveryTimeoutMs: fc.integer({ min: 1, max: 100 }),
    windowMs: fc.option(fc.integer({ min: 1, max: 100 }), { nil: undefined }),
  });
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(options, fc.array(step, { maxLength: 40 }), async (chosen, steps) => {
      const clock = fakeClock();
      const breaker = new CircuitBreaker({ ...chosen, clock });
      const model = new Model(chosen);
      const running: { call: number; end: (outcome: Outcome) => Promise<unknown> }[] = [];
      let calls = 0;
      for (const taken of steps) {
        if (taken.kind === "pass") await clock.advance(taken.durationMs);
        else if (taken.kind === "begin") {
          const call = calls++;
          const { end, isRunning } = await begin(breaker);
          expect(isRunning).toBe(model.begin(call, clock.now()));
          if (isRunning) running.push({ call, end });
        } else {
          const [ended] = running.splice(taken.call % (running.length || 1), 1);
          if (!ended) continue;
          await ended.end(taken.outcome);
          model.end(ended.call, taken.outcome, clock.now());
        }
        seen.add(breaker.state.status);
        expect(breaker.state.status).toBe(model.status);
      }
    }),
    { seed: 4, numRuns: 400 },
  );
  expect([...seen].sort()).toEqual(["closed", "half-open", "open"]);
});

/** Begins a call that the test ends; it has not begun when the circuit is open. */
async function begin(breaker: CircuitBreaker) {
  const controller = new AbortController();
  const { work, ends } = openWork();
  const calling = breaker.execute(work, { signal: controller.signal }).catch(() => {});
  const end = async (outcome: Outcome) => {
    if (outcome === "abort") controller.abort("enough");
    else ends[0]?.resolve(await (outcome === "success" ? succeed() : fail()));
    await calling;
  };
  return { end, isRunning: ends.length > 0 };
}

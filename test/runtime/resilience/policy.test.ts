import { AsyncLocalStorage } from "node:async_hooks";
import { sleep } from "@phasewise/runtime";
import { fakeClock } from "@phasewise/runtime/testing";
import {
  Bulkhead,
  CircuitBreaker,
  combine,
  Fallback,
  type PolicyContext,
  RetryPolicy,
  Timeout,
} from "@phasewise/runtime/resilience";
import { describe, expect, it } from "vitest";
import { listenersOf } from "../tasks/listeners-of.js";
import { type Answer, fail, never, openWork, scripted, succeed } from "./works.js";

const makers = {
  RetryPolicy: () => new RetryPolicy({ maxRetries: 1, delayMs: 0 }),
  CircuitBreaker: () => new CircuitBreaker(),
  Bulkhead: () => new Bulkhead({ maxConcurrency: 1 }),
  Timeout: () => new Timeout({ timeoutMs: 1_000 }),
  Fallback: () => new Fallback("none", { on: ["LOST"] }),
  "combine(…)": () => combine(new Timeout({ timeoutMs: 1_000 }), new CircuitBreaker(), new RetryPolicy({ delayMs: 0 })),
};

describe.each(Object.entries(makers))("every policy, such as %s,", (_name, make) => {
  it("gives the answer of the work as it is", async () => {
    const answer = await succeed();
    expect(await make().execute(async () => answer)).toBe(answer);
  });

  it("gives a Failure as it is", async () => {
    const answer = await fail();
    expect(await make().execute(async () => answer)).toBe(answer);
  });

  it("lets pass what the work throws, at once or later", async () => {
    const error = new Error("the disk is full");
    await expect(make().execute(() => Promise.reject(error))).rejects.toBe(error);
    const throwing = () => {
      throw error;
    };
    await expect(make().execute(throwing)).rejects.toBe(error);
  });

  it("rejects at once with the reason of the signal, and leaves no timer, also when the work ignores it", async () => {
    const controller = new AbortController();
    const clock = fakeClock();
    const calling = clock.run(() => make().execute(never, { signal: controller.signal }));
    controller.abort("enough");
    await expect(calling).rejects.toBe("enough");
    expect(clock.pending).toBe(0);
  });

  it("leaves no listener and no timer when the work has ended", async () => {
    const { signal } = new AbortController();
    const listeners = listenersOf(signal);
    const clock = fakeClock();
    expect((await clock.run(() => make().execute(succeed, { signal }))).success).toBe(true);
    expect([listeners.size, clock.pending]).toEqual([0, 0]);
  });

  it("does not begin the work when the signal has aborted before", async () => {
    const { work, contexts } = scripted();
    await expect(make().execute(work, { signal: AbortSignal.abort("enough") })).rejects.toBe("enough");
    expect(contexts).toEqual([]);
  });

  it("does not begin the work in a context of another policy that has ended", async () => {
    const clock = fakeClock();
    const { work, contexts } = scripted();
    const policy = make();
    let inner: Promise<unknown> = Promise.resolve();
    const outer = new Timeout({ timeoutMs: 10, clock }).execute(async (context) => {
      await sleep(20, { clock });
      inner = policy.execute(work, context);
      inner.catch(() => {});
      return succeed();
    });
    await clock.advance(20);
    expect((await outer).success).toBe(false);
    await expect(inner).rejects.toMatchObject({ code: "TIMED_OUT" });
    expect(contexts).toEqual([]);
  });

  it("gives the work a signal, and the number of the attempt", async () => {
    const controller = new AbortController();
    const { work, contexts, ends } = openWork();
    const calling = make().execute(work, { signal: controller.signal });
    expect([contexts[0]?.attempt, contexts[0]?.signal.aborted]).toEqual([1, false]);
    controller.abort("enough");
    expect(contexts[0]?.signal.reason).toBe("enough");
    ends[0]?.reject(new Error("late, and nobody's"));
    await expect(calling).rejects.toBe("enough");
  });

  it("gives the work a signal also when the caller has none, and the same one each time it is asked", async () => {
    await make().execute(async (context) => {
      expect(context.signal.aborted).toBe(false);
      expect(context.signal).toBe(context.signal);
      return succeed();
    });
  });

  it("runs the work in the async context of the caller", async () => {
    const tenants = new AsyncLocalStorage<string>();
    const tenantOf = async () => ({ success: true, data: tenants.getStore() }) as const;
    const policy = make();
    expect(await tenants.run("acme", () => policy.execute(tenantOf))).toEqual({ success: true, data: "acme" });
  });

  it("refuses a promise, which could not be begun", async () => {
    await expect(make().execute(succeed() as never)).rejects.toMatchObject({
      code: "NOT_A_FUNCTION",
      message: "policy.execute takes a function that begins the work, not a promise: write policy.execute(() => …).",
    });
  });
});

describe("policy.wrap", () => {
  it("gives a function of the same name, parameters and object", async () => {
    const rates = {
      base: "EUR",
      async find(this: { base: string }, currency: string): Promise<Answer> {
        return { success: true, data: `${this.base}/${currency}` };
      },
    };
    const wrapped = new RetryPolicy().wrap(rates.find);
    expect(await wrapped.call(rates, "USD")).toEqual({ success: true, data: "EUR/USD" });
    expect([wrapped.name, wrapped.length]).toEqual(["find", 1]);
  });

  it("begins the function again with the same arguments", async () => {
    const currencies: string[] = [];
    const find = async (currency: string) => (currencies.push(currency) === 1 ? fail() : succeed());
    expect((await new RetryPolicy({ delayMs: 0 }).wrap(find)("USD")).success).toBe(true);
    expect(currencies).toEqual(["USD", "USD"]);
  });

  it.each([
    ["as its last argument", (signal: AbortSignal) => signal],
    ["in its last argument", (signal: AbortSignal) => ({ signal, currency: "USD" })],
  ])("ends the call when a signal aborts that it was given %s", async (_where, toArgument) => {
    const controller = new AbortController();
    const wrapped = new CircuitBreaker().wrap((_argument: unknown) => never());
    const calling = wrapped(toArgument(controller.signal));
    controller.abort("enough");
    await expect(calling).rejects.toBe("enough");
  });

  it("gives the function the signal of the attempt in place of that which it was called with", async () => {
    const clock = fakeClock();
    const seen: unknown[] = [];
    const wrapped = new Timeout({ timeoutMs: 50, clock }).wrap(async (...args: unknown[]) => {
      seen.push(...args);
      return never();
    });
    const { signal } = new AbortController();
    const calls = [wrapped("USD", signal), wrapped({ signal, currency: "USD" })];
    await clock.advance(50);
    await Promise.all(calls);
    const ended = expect.objectContaining({ aborted: true, reason: expect.objectContaining({ code: "TIMED_OUT" }) });
    expect(seen).toEqual(["USD", ended, { signal: ended, currency: "USD" }]);
    expect(signal.aborted).toBe(false);
  });

  it("leaves an object of a class as it is, which also has a signal", async () => {
    const request = new Request("https://example.com/rates");
    let seen: unknown;
    await new CircuitBreaker().wrap(async (given: Request) => {
      seen = given;
      return succeed();
    })(request);
    expect(seen).toBe(request);
  });

  it("refuses a promise in place of the function", () => {
    expect(() => new RetryPolicy().wrap(succeed() as never)).toThrow(
      expect.objectContaining({ code: "NOT_A_FUNCTION" }),
    );
    expect(() => new RetryPolicy().wrap(succeed)).not.toThrow();
  });
});

describe("combine", () => {
  it("makes the first policy the outermost", async () => {
    const breaker = () => new CircuitBreaker({ failureThreshold: 2 });
    const { work, contexts } = scripted(fail, fail, fail);
    const asked = await combine(new RetryPolicy({ maxRetries: 3, delayMs: 0 }), breaker()).execute(work);
    expect(contexts.map(({ attempt }) => attempt)).toEqual([1, 2]);
    expect(asked).toMatchObject({ error: { code: "CIRCUIT_OPEN" } });

    const inner = scripted(fail, fail, fail);
    const around = breaker();
    expect(await combine(around, new RetryPolicy({ maxRetries: 3, delayMs: 0 })).execute(inner.work)).toEqual(
      await succeed(),
    );
    expect([inner.contexts.length, around.state.status]).toEqual([4, "closed"]);
  });

  it("combines what was combined", async () => {
    const clock = fakeClock();
    const policy = combine(
      new Fallback("from the cache"),
      combine(new RetryPolicy({ maxRetries: 1, delayMs: 0 }), new Timeout({ timeoutMs: 10 })),
    );
    const { work, contexts } = openWork();
    const calling = clock.run(() => policy.execute(work));
    await clock.advance(20);
    expect(await calling).toEqual({ success: true, data: "from the cache" });
    expect(contexts.map(({ attempt, signal }) => [attempt, signal.aborted])).toEqual([
      [1, true],
      [2, true],
    ]);
  });

  it("makes no signal when nobody asks for one and nobody can abort", async () => {
    const policy = combine(new RetryPolicy(), new CircuitBreaker(), new Bulkhead({ maxConcurrency: 1 }));
    const { AbortController: original } = globalThis;
    let made = 0;
    globalThis.AbortController = class extends original {
      constructor() {
        super();
        made++;
      }
    };
    try {
      await policy.execute(succeed);
      expect(made).toBe(0);
      await policy.execute(async (context: PolicyContext) => (context.signal.aborted ? fail() : succeed()));
      expect(made).toBe(1);
    } finally {
      globalThis.AbortController = original;
    }
  });

  it("gives a single policy back", () => {
    const breaker = new CircuitBreaker();
    expect(combine(breaker)).toBe(breaker);
  });

  it.each([[], [new RetryPolicy(), undefined], [{ execute: succeed }], [RetryPolicy]])(
    "refuses %o, which are no policies",
    (...policies) => {
      expect(() => combine(...(policies as unknown as [RetryPolicy]))).toThrow(
        expect.objectContaining({ code: "INVALID_OPTION", message: expect.stringMatching(/^combine: .* policy/) }),
      );
    },
  );
});

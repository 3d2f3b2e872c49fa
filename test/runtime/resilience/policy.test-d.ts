import { Result } from "@phasewise/runtime";
import {
  Bulkhead,
  CircuitBreaker,
  type CircuitState,
  combine,
  Fallback,
  type Policy,
  resilient,
  RetryPolicy,
  Timeout,
} from "@phasewise/runtime/resilience";
import { describe, expectTypeOf, it } from "vitest";

type Rate = Result<number, "BUSY" | "NOT_FOUND">;

declare const findRate: (currency: string, signal?: AbortSignal) => Promise<Rate>;
const retry = new RetryPolicy();
const breaker = new CircuitBreaker();
const bulkhead = new Bulkhead({ maxConcurrency: 1 });
const timeout = new Timeout({ timeoutMs: 1 });

describe("execute", () => {
  it("adds the codes that the policy answers to those of the work", () => {
    expectTypeOf(retry.execute(() => findRate("EUR"))).resolves.toEqualTypeOf<Rate>();
    expectTypeOf(breaker.execute(() => findRate("EUR"))).resolves.toEqualTypeOf<
      Result<number, "BUSY" | "NOT_FOUND" | "CIRCUIT_OPEN">
    >();
    expectTypeOf(bulkhead.execute(() => findRate("EUR"))).resolves.toEqualTypeOf<
      Result<number, "BUSY" | "NOT_FOUND" | "BULKHEAD_FULL">
    >();
    expectTypeOf(timeout.execute(() => findRate("EUR"))).resolves.toEqualTypeOf<
      Result<number, "BUSY" | "NOT_FOUND" | "TIMED_OUT">
    >();
  });

  it("knows work that never fails, and work that only does", () => {
    expectTypeOf(breaker.execute(async () => Result.success(1))).resolves.toEqualTypeOf<
      Result<number, "CIRCUIT_OPEN">
    >();
    expectTypeOf(breaker.execute(async () => Result.error("BUSY", ""))).resolves.toEqualTypeOf<
      Result<never, "BUSY" | "CIRCUIT_OPEN">
    >();
  });

  it("takes work that answers with a Result", () => {
    // @ts-expect-error it gives no Result
    void retry.execute(async () => 1);
    // @ts-expect-error it is a promise
    void retry.execute(findRate("EUR"));
  });

  it("is the one method that a caller of policies needs", () => {
    interface Executes<Code extends string = never> {
      execute<T, C extends string>(
        work: (context: { signal: AbortSignal }) => PromiseLike<Result<T, C>>,
        options?: { readonly signal?: AbortSignal | undefined },
      ): Promise<Result<T, C | Code>>;
    }
    expectTypeOf(retry).toExtend<Executes>();
    expectTypeOf(breaker).toExtend<Executes<"CIRCUIT_OPEN">>();
    expectTypeOf(combine(retry, breaker, timeout)).toExtend<Executes<"CIRCUIT_OPEN" | "TIMED_OUT">>();
    expectTypeOf(breaker).not.toExtend<Executes>();
  });
});

describe("Fallback", () => {
  it("takes away the codes that it answers, and adds its value", () => {
    expectTypeOf(new Fallback("none").execute(() => findRate("EUR"))).resolves.toEqualTypeOf<
      Result<number | string, never>
    >();
    expectTypeOf(new Fallback(0, { on: ["BUSY"] }).execute(() => findRate("EUR"))).resolves.toEqualTypeOf<
      Result<number, "NOT_FOUND">
    >();
  });

  it("adds what its function answers, which is given the codes", () => {
    const other = new Fallback(
      async (error) => {
        expectTypeOf(error.code).toEqualTypeOf<"BUSY">();
        return error.message ? Result.success("other") : Result.error("LOST", "");
      },
      { on: ["BUSY"] },
    );
    expectTypeOf(other.execute(() => findRate("EUR"))).resolves.toEqualTypeOf<
      Result<number | string, "NOT_FOUND" | "LOST">
    >();
  });
});

describe("combine", () => {
  it("answers what each of the policies may answer", () => {
    const policy = combine(retry, breaker, bulkhead, timeout);
    expectTypeOf(policy).toEqualTypeOf<Policy<"CIRCUIT_OPEN" | "BULKHEAD_FULL" | "TIMED_OUT">>();
    expectTypeOf(policy.execute(() => findRate("EUR"))).resolves.toEqualTypeOf<
      Result<number, "BUSY" | "NOT_FOUND" | "CIRCUIT_OPEN" | "BULKHEAD_FULL" | "TIMED_OUT">
    >();
  });

  it("takes away what a fallback answers of the policies within it, and of no others", () => {
    const fallback = new Fallback(0, { on: ["CIRCUIT_OPEN", "BUSY"] });
    expectTypeOf(combine(fallback, breaker).execute(() => findRate("EUR"))).resolves.toEqualTypeOf<
      Result<number, "NOT_FOUND">
    >();
    expectTypeOf(combine(breaker, fallback).execute(() => findRate("EUR"))).resolves.toEqualTypeOf<
      Result<number, "NOT_FOUND" | "CIRCUIT_OPEN">
    >();
    expectTypeOf(combine(combine(fallback, breaker), timeout).execute(() => findRate("EUR"))).resolves.toEqualTypeOf<
      Result<number, "NOT_FOUND" | "TIMED_OUT">
    >();
  });

  it("takes one policy or more, and nothing else", () => {
    expectTypeOf(combine(breaker)).toEqualTypeOf<Policy<"CIRCUIT_OPEN">>();
    // @ts-expect-error there is no policy
    void (() => combine());
    // @ts-expect-error it is no policy
    void (() => combine(retry, { execute: findRate }));
  });
});

describe("wrap", () => {
  it("keeps the parameters", () => {
    expectTypeOf(breaker.wrap(findRate)).parameters.toEqualTypeOf<Parameters<typeof findRate>>();
    expectTypeOf(breaker.wrap(findRate)("EUR")).resolves.toEqualTypeOf<
      Result<number, "BUSY" | "NOT_FOUND" | "CIRCUIT_OPEN">
    >();
    // @ts-expect-error the currency is a text
    void (() => breaker.wrap(findRate)(1));
  });
});

describe("@resilient", () => {
  it("stands before methods that list what the policy answers", () => {
    class Rates {
      @resilient(combine(retry, breaker))
      async listed(_currency: string): Promise<Result<number, "BUSY" | "NOT_FOUND" | "CIRCUIT_OPEN">> {
        return findRate("EUR");
      }

      @resilient(retry)
      async again(): Promise<Rate> {
        return findRate("EUR");
      }

      // @ts-expect-error CIRCUIT_OPEN is not listed
      @resilient(breaker)
      async unlisted(): Promise<Rate> {
        return findRate("EUR");
      }

      @resilient(new Fallback(0))
      async withFallback(): Promise<Rate> {
        return findRate("EUR");
      }

      // @ts-expect-error a text may be answered
      @resilient(new Fallback("none"))
      async withText(): Promise<Rate> {
        return findRate("EUR");
      }

      // @ts-expect-error it gives no Result
      @resilient(retry)
      async plain(): Promise<number> {
        return 1;
      }
    }
    expectTypeOf(new Rates().listed).parameters.toEqualTypeOf<[currency: string]>();
  });
});

describe("a circuit's state", () => {
  it("tells when it is tried again, while it is open", () => {
    const state: CircuitState = breaker.state;
    if (state.status === "open") expectTypeOf(state.retryAtMs).toBeNumber();
    // @ts-expect-error a closed one is not
    else void state.retryAtMs;
  });
});

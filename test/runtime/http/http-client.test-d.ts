import type { Readable } from "node:stream";
import type { Result, StandardSchema } from "@phasewise/runtime";
import { HttpClient, type HttpErrorCode, type HttpResponse } from "@phasewise/runtime/http";
import { Bulkhead, CircuitBreaker, combine, RetryPolicy } from "@phasewise/runtime/resilience";
import { describe, expectTypeOf, it } from "vitest";

declare const schema: StandardSchema<{ readonly cents: number }>;

describe("the answer to a request", () => {
  const client = new HttpClient();

  it("is unknown JSON by default", () => {
    expectTypeOf(client.get("a")).resolves.toEqualTypeOf<Result<HttpResponse<unknown>, HttpErrorCode>>();
  });

  it("is what the schema gives", () => {
    expectTypeOf(client.post("a", { json: {}, schema })).resolves.toEqualTypeOf<
      Result<HttpResponse<{ readonly cents: number }>, HttpErrorCode>
    >();
  });

  it("is what it is read as", () => {
    expectTypeOf(client.get("a", { as: "text" })).resolves.toEqualTypeOf<Result<HttpResponse<string>, HttpErrorCode>>();
    expectTypeOf(client.put("a", { as: "bytes" })).resolves.toEqualTypeOf<
      Result<HttpResponse<Uint8Array>, HttpErrorCode>
    >();
    expectTypeOf(client.request("QUERY", "a", { as: "stream" })).resolves.toEqualTypeOf<
      Result<HttpResponse<Readable>, HttpErrorCode>
    >();
  });

  it("takes no option that does not exist", () => {
    // @ts-expect-error `header` is no option.
    void client.get("a", { header: {} });
    void client.get("a", { headers: {} });
    // @ts-expect-error A body is no value: that is `json`.
    void client.post("a", { body: { cents: 1 } });
  });
});

describe("a client with a policy", () => {
  it("has the codes of the policy in its closed set when they are named", () => {
    const client = new HttpClient<"CIRCUIT_OPEN">({
      policy: () => new CircuitBreaker({ failureThreshold: 5, recoveryTimeoutMs: 1_000 }),
    });
    expectTypeOf(client.get("a")).resolves.toEqualTypeOf<
      Result<HttpResponse<unknown>, HttpErrorCode | "CIRCUIT_OPEN">
    >();
  });

  it("has an open set of codes when they are not", () => {
    const client = new HttpClient({ policy: () => new Bulkhead({ maxConcurrency: 1 }) });
    expectTypeOf(client.get("a")).resolves.toEqualTypeOf<Result<HttpResponse<unknown>, string>>();
  });

  it("does not compile when a code of the policy is missing", () => {
    const breaker = new CircuitBreaker({ failureThreshold: 5, recoveryTimeoutMs: 1_000 });
    const policy = () => combine(new RetryPolicy({}), breaker);
    new HttpClient<"CIRCUIT_OPEN">({ policy });
    // @ts-expect-error CIRCUIT_OPEN is not named.
    new HttpClient<"BULKHEAD_FULL">({ policy });
  });
});

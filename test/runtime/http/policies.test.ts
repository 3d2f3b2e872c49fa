import { Result } from "@phasewise/runtime";
import { HttpClient, type RequestPolicy } from "@phasewise/runtime/http";
import { CircuitBreaker, Timeout } from "@phasewise/runtime/resilience";
import { expectFailure, expectSuccess, fakeClock } from "@phasewise/runtime/testing";
import { describe, expect, it } from "vitest";
import { startServer, until } from "./test-server.js";

const startStatus = (status: () => number) =>
  startServer((_, response) => response.writeHead(status()).end(JSON.stringify("answer")));

/** Lets everything through, and notes what it was told. */
function recordingPolicy(outcomes: string[]): RequestPolicy<never> {
  return {
    async execute(work, { signal }) {
      const outcome = await work({ signal: signal! });
      outcomes.push(outcome.success ? String(outcome.data.status) : outcome.error.code);
      return outcome;
    },
  };
}

describe("a policy", () => {
  it("is made once for each origin, and given each exchange with it", async () => {
    await using first = await startStatus(() => 200);
    await using second = await startStatus(() => 200);
    const origins: string[] = [];
    await using client = new HttpClient({
      policy: (origin) => {
        origins.push(origin);
        return recordingPolicy([]);
      },
    });
    for (const { url } of [first, second, first]) expectSuccess(await client.get(`${url}/a`));
    expect(origins).toEqual([first.url, second.url]);
  });

  it.each([
    [200, "200"],
    [301, "301"],
    [404, "404"],
    [501, "501"],
    [408, "HTTP_STATUS"],
    [429, "HTTP_STATUS"],
    [503, "HTTP_STATUS"],
  ])("is told of %i: %s, because only a server that is unwell has failed", async (status, told) => {
    await using server = await startStatus(() => status);
    const outcomes: string[] = [];
    await using client = new HttpClient({ retry: false, policy: () => recordingPolicy(outcomes) });
    const { success } = await client.get(server.url);
    expect({ outcomes, success }).toEqual({ outcomes: [told], success: status === 200 });
  });

  it("is told of each attempt, and of each redirect at its own origin", async () => {
    await using other = await startStatus(() => 200);
    let attempts = 0;
    await using server = await startServer((_, response) => {
      if (++attempts === 1) response.destroy();
      else response.writeHead(302, { location: other.url }).end();
    });
    const outcomes: string[] = [];
    await using client = new HttpClient({ retry: { delayMs: 0 }, policy: () => recordingPolicy(outcomes) });
    expectSuccess(await client.get(server.url));
    expect(outcomes).toEqual(["CONNECTION_FAILED", "302", "200"]);
  });

  it("may answer itself: with its own code, which is not tried again", async () => {
    await using server = await startStatus(() => 200);
    let asked = 0;
    await using client = new HttpClient<"BUSY">({
      policy: () => ({
        execute: async () => {
          asked++;
          return Result.error("BUSY", "too many at once");
        },
      }),
    });
    expectFailure(await client.get(server.url), "BUSY");
    expect({ asked, received: server.received.length }).toEqual({ asked: 1, received: 0 });
  });

  it("cannot send a stream twice, but bytes", async () => {
    await using server = await startStatus(() => 503);
    await using client = new HttpClient({
      retry: false,
      policy: () => ({
        async execute(work, { signal }) {
          await work({ signal: signal! });
          return work({ signal: signal! });
        },
      }),
    });
    async function* body() {
      yield "abc";
    }
    const sending = client.post(server.url, { body: body() });
    await expect(sending).rejects.toMatchObject({ code: "INVALID_OPTION" });
    expect(server.received).toHaveLength(1);
    expectFailure(await client.post(server.url, { body: "abc" }), "HTTP_STATUS");
    expect(server.received).toHaveLength(3);
  });

  it("that throws is no attempt to be repeated", async () => {
    await using server = await startStatus(() => 503);
    let asked = 0;
    await using client = new HttpClient({
      retry: { delayMs: 0 },
      policy: () => ({
        execute(work, { signal }) {
          if (++asked === 2) throw null;
          return work({ signal: signal! });
        },
      }),
    });
    await expect(client.get(server.url)).rejects.toBe(null);
    expect(asked).toBe(2);
  });

  it("ends the exchange by its signal", async () => {
    await using server = await startServer(() => {});
    await using client = new HttpClient({
      policy: () => ({
        execute: (work) => {
          const controller = new AbortController();
          const working = work({ signal: controller.signal });
          void until(() => server.received.length === 1).then(() => controller.abort(new Error("enough")));
          return working;
        },
      }),
    });
    await expect(client.get(server.url)).rejects.toThrow("enough");
    await until(() => server.open === 0);
  });
});

describe("the policies of /resilience", () => {
  it("break the circuit of one origin, and of no other", async () => {
    let status = 503;
    await using unwell = await startStatus(() => status);
    await using well = await startStatus(() => 404);
    const clock = fakeClock();
    await using client = new HttpClient<"CIRCUIT_OPEN">({
      clock,
      retry: false,
      policy: () => new CircuitBreaker({ failureThreshold: 2, recoveryTimeoutMs: 1_000, clock }),
    });
    for (let count = 0; count < 2; count++) expectFailure(await client.get(unwell.url), "HTTP_STATUS");
    expectFailure(await client.get(unwell.url), "CIRCUIT_OPEN");
    expect(unwell.received).toHaveLength(2);
    for (let count = 0; count < 4; count++) expectFailure(await client.get(well.url), "HTTP_STATUS");

    await clock.advance(1_000);
    status = 200;
    expectSuccess(await client.get(unwell.url));
  });

  it("limit the time of each attempt, and a late one is tried again", async () => {
    let attempts = 0;
    await using server = await startServer((_, response) => {
      if (++attempts > 1) response.end('"second"');
    });
    const clock = fakeClock();
    await using client = new HttpClient({
      clock,
      retry: { delayMs: 0 },
      policy: () => new Timeout({ timeoutMs: 500, clock }),
    });
    const requesting = client.get(server.url);
    await until(() => server.received.length === 1);
    await clock.advance(500);
    await clock.advance(0);
    expect(expectSuccess(await requesting).body).toBe("second");
  });
});

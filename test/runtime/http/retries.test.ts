import { HttpClient, type HttpClientOptions, type RequestOptions } from "@phasewise/runtime/http";
import { expectFailure, expectSuccess, type FakeClock, fakeClock } from "@phasewise/runtime/testing";
import { describe, expect, it } from "vitest";
import { startServer, textOf, until } from "./test-server.js";

/** What is answered, one an attempt: a status, headers with it, or nothing but a closed connection. */
type Answer = number | readonly [number, Record<string, string>] | "reset";

/** Answers these one after the other, then 200 with the number of the request. Drops the `date` that Node would send. */
async function startAnswering(answers: readonly Answer[]) {
  let count = 0;
  return startServer(async (request, response) => {
    const answer = answers[count++] ?? 200;
    const sent = await textOf(request);
    if (answer === "reset") return void response.destroy();
    const [status, headers] = typeof answer === "number" ? [answer, {}] : answer;
    response.sendDate = false;
    response.writeHead(status, headers).end(JSON.stringify({ count, sent }));
  });
}

/** Makes a request, lets all time pass that it needs, and tells when each attempt began. */
async function attemptsOf(answers: readonly Answer[], method: string, given: HttpClientOptions & RequestOptions = {}) {
  await using server = await startAnswering(answers);
  const clock = fakeClock();
  const { json, body, idempotencyKey, ...options } = given;
  const begunMs: number[] = [];
  await using client = new HttpClient({
    clock,
    retry: { jitter: "none" },
    ...options,
    policy: () => ({
      execute(work, { signal }) {
        begunMs.push(clock.now());
        return work({ signal: signal! });
      },
    }),
  });
  let isDone = false;
  const requesting = client.request(method, server.url, { json, body, idempotencyKey }).finally(() => (isDone = true));
  await pass(clock, given.timeoutMs ?? 30_000, () => isDone);
  return { outcome: await requesting, begunMs, received: server.received.length, pending: clock.pending };
}

/** Moves to each wait that ends before the whole request does, until it is so. */
async function pass(clock: FakeClock, endMs: number, isSo: () => boolean): Promise<void> {
  const findNext = () => clock.listPending().find(({ dueMs }) => dueMs < endMs);
  while (!isSo()) {
    await until(() => isSo() || findNext() !== undefined);
    const next = findNext();
    if (next) await clock.advance(next.dueMs - clock.now());
  }
}

describe("a request is made again", () => {
  it.each<Answer>([408, 425, 429, 500, 502, 503, 504, "reset"])("after %s", async (answer) => {
    const { outcome, begunMs, pending } = await attemptsOf([answer, answer], "GET");
    expect(expectSuccess(outcome).body).toEqual({ count: 3, sent: "" });
    expect({ begunMs, pending }).toEqual({ begunMs: [0, 100, 300], pending: 0 });
  });

  it.each<Answer>([400, 404, 409, 501, 505])("but not after %s", async (answer) => {
    const { outcome, received } = await attemptsOf([answer], "GET");
    expectFailure(outcome, "HTTP_STATUS");
    expect(received).toBe(1);
  });

  it("three times at most, and the last Failure is given", async () => {
    const { outcome, received } = await attemptsOf(["reset", 500, 503, 502], "GET");
    expect(expectFailure(outcome, "HTTP_STATUS").details).toMatchObject({ status: 503 });
    expect(received).toBe(3);
  });

  it("as often and as late as the options say", async () => {
    const retry = { maxAttempts: 4, delayMs: 10, factor: 3, jitter: "none" } as const;
    const { begunMs } = await attemptsOf([503, 503, 503], "GET", { retry });
    expect(begunMs).toEqual([0, 10, 40, 130]);
  });

  it("after a part of the wait at random, by default", async () => {
    const { begunMs } = await attemptsOf([503], "GET", { retry: {} });
    expect(begunMs[1]).toBeLessThan(100);
    expect(Number.isInteger(begunMs[1])).toBe(false);
  });

  it("never when the client or the request says so", async () => {
    expect((await attemptsOf([503], "GET", { retry: false })).received).toBe(1);

    await using server = await startAnswering([503]);
    await using client = new HttpClient();
    expectFailure(await client.get(server.url, { retry: false }), "HTTP_STATUS");
    expect(server.received).toHaveLength(1);
  });

  it("with what differs for this request", async () => {
    await using server = await startAnswering([503, 503, 503]);
    await using client = new HttpClient({ retry: { delayMs: 0, maxAttempts: 9 } });
    expectFailure(await client.get(server.url, { retry: { maxAttempts: 2 } }), "HTTP_STATUS");
    expect(server.received).toHaveLength(2);
  });
});

describe("only what does no harm twice is made again", () => {
  it.each(["GET", "HEAD", "OPTIONS", "PUT", "DELETE"])("%s", async (method) => {
    const { outcome, received } = await attemptsOf([503, "reset"], method);
    expectSuccess(outcome);
    expect(received).toBe(3);
  });

  it.each(["POST", "PATCH"])("not %s", async (method) => {
    for (const answer of [503, "reset"] as const) {
      const { outcome, received } = await attemptsOf([answer], method, { json: {} });
      expect({ isSuccess: outcome.success, received }).toEqual({ isSuccess: false, received: 1 });
    }
  });

  it("a POST with an idempotency key, the same each time", async () => {
    await using server = await startAnswering([503]);
    await using client = new HttpClient({ retry: { delayMs: 0 } });
    const { body } = expectSuccess(await client.post(server.url, { json: { cents: 1 }, idempotencyKey: "i-1" }));
    expect(body).toEqual({ count: 2, sent: '{"cents":1}' });
    expect(server.received.map(({ headers }) => headers["idempotency-key"])).toEqual(["i-1", "i-1"]);
  });

  it("the methods that the options name, and no others", async () => {
    const retry = { methods: ["POST"], delayMs: 0 };
    expect((await attemptsOf([503], "POST", { retry })).received).toBe(2);
    expect((await attemptsOf([503], "GET", { retry })).received).toBe(1);
  });

  it("a body that can be sent again", async () => {
    const { outcome } = await attemptsOf([503], "PUT", { body: "abc" });
    expect(expectSuccess(outcome).body).toEqual({ count: 2, sent: "abc" });
  });

  it("not a stream", async () => {
    async function* body() {
      yield "abc";
    }
    const { outcome, received } = await attemptsOf([503], "PUT", { body: body(), idempotencyKey: "i-1" });
    expectFailure(outcome, "HTTP_STATUS");
    expect(received).toBe(1);
  });
});

describe("Retry-After", () => {
  const date = "Wed, 21 Oct 2026 07:28:00 GMT";
  const later = "Wed, 21 Oct 2026 07:28:09 GMT";

  it.each<[string, Record<string, string>, number]>([
    ["seconds", { "retry-after": "7" }, 7_100],
    ["zero seconds", { "retry-after": "0" }, 100],
    ["a date, by the date of the answer", { "retry-after": later, date }, 9_100],
    ["a date that has passed", { "retry-after": date, date: later }, 100],
    ["what is neither", { "retry-after": "soon" }, 100],
    ["a number that is no whole one", { "retry-after": "1.5" }, 100],
  ])("with %s", async (_, headers, secondMs) => {
    const { outcome, begunMs } = await attemptsOf([[503, headers]], "GET");
    expectSuccess(outcome);
    expect(begunMs).toEqual([0, secondMs]);
  });

  it("holds for one attempt, not for those that follow", async () => {
    const { begunMs } = await attemptsOf([[429, { "retry-after": "2" }], 503], "GET");
    expect(begunMs).toEqual([0, 2_100, 2_300]);
  });

  it.each<[string, Record<string, string>, number | undefined, HttpClientOptions]>([
    ["longer than maxDelayMs", { "retry-after": "8" }, 8_000, { retry: { maxDelayMs: 7_999 } }],
    ["longer than the request may take", { "retry-after": "8" }, 8_000, { timeoutMs: 8_000 }],
    ["until a date of which nobody knows how far it is", { "retry-after": later }, Infinity, {}],
  ])("that is %s ends the request at once, with the Failure", async (_, headers, retryAfterMs, options) => {
    const { outcome, received, begunMs } = await attemptsOf([[503, headers]], "GET", options);
    expect(expectFailure(outcome, "HTTP_STATUS").details).toMatchObject({ status: 503, retryAfterMs });
    expect({ received, begunMs }).toEqual({ received: 1, begunMs: [0] });
  });

  it("of exactly maxDelayMs is waited for", async () => {
    const retry = { maxDelayMs: 8_000, jitter: "none" } as const;
    const { begunMs } = await attemptsOf([[503, { "retry-after": "8" }]], "GET", { retry });
    expect(begunMs).toEqual([0, 8_100]);
  });
});

describe("the time limit of a request", () => {
  it("holds for all attempts together", async () => {
    let requests = 0;
    await using server = await startServer((_, response) => {
      if (++requests === 1) response.writeHead(503).end();
    });
    const clock = fakeClock();
    await using client = new HttpClient({ clock, timeoutMs: 1_000, retry: { jitter: "none" } });
    const requesting = client.get(server.url);
    await until(() => clock.pending === 2);
    await clock.advance(100);
    await until(() => server.received.length === 2);
    await clock.advance(899);
    expect(clock.pending).toBe(1);
    await clock.advance(1);
    expectFailure(await requesting, "TIMED_OUT");
    expect(clock.pending).toBe(0);
  });
});

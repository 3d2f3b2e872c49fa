import { setImmediate as turn } from "node:timers/promises";
import { HttpClient } from "@phasewise/runtime/http";
import { expectFailure, expectSuccess, fakeClock } from "@phasewise/runtime/testing";
import fc from "fast-check";
import { Agent, request, RetryAgent } from "undici";
import { afterEach, describe, expect, it, vi } from "vitest";
import { startServer, textOf, until } from "./test-server.js";

describe("where undici and fetch are right, the client does the same", () => {
  it("an answer in any pieces is the one that undici reads", async () => {
    let pieces: readonly Uint8Array[] = [];
    let hasLength = false;
    await using server = await startServer((_, response) => {
      if (hasLength) response.setHeader("content-length", Buffer.concat(pieces).length);
      for (const piece of pieces) response.write(piece);
      response.end();
    });
    await using client = new HttpClient();
    const agent = new Agent();
    const answer = fc.tuple(fc.array(fc.uint8Array({ maxLength: 3_000 }), { maxLength: 6 }), fc.boolean());
    await fc.assert(
      fc.asyncProperty(answer, async ([given, isSized]) => {
        pieces = given;
        hasLength = isSized;
        const theirs = await request(server.url, { dispatcher: agent });
        const expected = { status: theirs.statusCode, bytes: Buffer.from(await theirs.body.arrayBuffer()) };
        const whole = expectSuccess(await client.get(server.url, { as: "bytes" }));
        const { status, body } = expectSuccess(await client.get(server.url, { as: "stream" }));
        const chunks: Buffer[] = [];
        for await (const chunk of body) chunks.push(chunk as Buffer);
        expect({ status: whole.status, bytes: whole.body }).toEqual(expected);
        expect({ status, bytes: Buffer.concat(chunks) }).toEqual(expected);
      }),
      { numRuns: 60, seed: 4 },
    );
    await agent.close();
  });

  it("redirects lead to the requests that fetch makes", async () => {
    const sent: string[] = [];
    await using server = await startServer(async (incoming, response) => {
      const { method, url = "", headers } = incoming;
      const type = headers["content-type"] ?? "";
      sent.push(`${method} ${url} ${type} ${headers.authorization} ${await textOf(incoming)}`);
      const [status, ...rest] = url.split("/").slice(1);
      if (status) response.writeHead(Number(status), { location: `/${rest.join("/")}` });
      response.end();
    });
    await using client = new HttpClient({ baseUrl: server.url });
    const method = fc.constantFrom("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE");
    const statuses = fc.array(fc.constantFrom(301, 302, 303, 307, 308), { maxLength: 5 });
    const sentBy = async (work: () => Promise<unknown>) => {
      sent.length = 0;
      await work();
      return [...sent];
    };
    await fc.assert(
      fc.asyncProperty(method, statuses, async (name, path) => {
        const hasBody = name !== "GET" && name !== "HEAD";
        const headers = { authorization: "Basic x", ...(hasBody && { "content-type": "text/x" }) };
        const init = { headers, ...(hasBody && { body: "abc" }) };
        const theirs = await sentBy(() => fetch(`${server.url}/${path.join("/")}`, { method: name, ...init }));
        const ours = await sentBy(async () => expectSuccess(await client.request(name, path.join("/"), init)));
        expect(ours).toEqual(theirs);
      }),
      { numRuns: 80, seed: 4 },
    );
  });
});

describe("where undici and fetch are wrong, the client is not", () => {
  afterEach(() => void vi.useRealTimers());

  it("undici's RetryAgent goes on waiting after an abort", async () => {
    await using server = await startServer((_, response) => response.writeHead(503).end());
    const turns = async () => {
      for (let count = 0; count < 50; count++) await turn();
    };

    vi.useFakeTimers({ toFake: ["setTimeout"] });
    const agent = new Agent();
    const theirs = new AbortController();
    let isSettled = false;
    const retrying = new RetryAgent(agent, { minTimeout: 1_000, maxRetries: 1 });
    const requesting = request(server.url, { dispatcher: retrying, signal: theirs.signal })
      .catch(() => {})
      .finally(() => (isSettled = true));
    await until(() => vi.getTimerCount() > 0 && server.received.length === 1);
    await turns();
    theirs.abort();
    await turns();
    expect(isSettled).toBe(false);
    await vi.advanceTimersByTimeAsync(1_000);
    await requesting;
    vi.useRealTimers();
    await agent.destroy();

    const clock = fakeClock();
    const controller = new AbortController();
    await using client = new HttpClient({ clock, retry: { delayMs: 1_000, jitter: "none" } });
    const ours = client.get(server.url, { signal: controller.signal });
    await until(() => clock.listPending().some(({ dueMs }) => dueMs === 1_000));
    controller.abort("enough");
    await expect(ours).rejects.toBe("enough");
    expect(clock.pending).toBe(0);
  });

  it("undici's RetryAgent comes back sooner than Retry-After asks, when that is longer than its own limit", async () => {
    await using server = await startServer((_, response) => response.writeHead(503, { "retry-after": "60" }).end());

    vi.useFakeTimers({ toFake: ["setTimeout"] });
    const agent = new Agent();
    const retrying = new RetryAgent(agent, { maxTimeout: 1_000, maxRetries: 1 });
    const requesting = request(server.url, { dispatcher: retrying }).catch(() => {});
    await until(() => vi.getTimerCount() > 0 && server.received.length === 1);
    while (server.received.length === 1) {
      await vi.advanceTimersByTimeAsync(100);
      await turn();
    }
    await requesting;
    expect(server.received).toHaveLength(2);
    vi.useRealTimers();
    await agent.destroy();

    await using client = new HttpClient({ retry: { maxDelayMs: 1_000 } });
    const error = expectFailure(await client.get(server.url), "HTTP_STATUS");
    expect(error.details).toMatchObject({ status: 503, retryAfterMs: 60_000 });
    expect(server.received).toHaveLength(3);
  });

  it("undici does not notice the abort of a request that waits for its turn, and then closes the connection", async () => {
    const answers: (() => void)[] = [];
    await using server = await startServer((_, response) => void answers.push(() => response.end("{}")));
    const controller = new AbortController();
    let isSettled = false;

    const agent = new Agent({ connections: 1 });
    const first = request(server.url, { dispatcher: agent }).then(({ body }) => body.dump());
    const second = request(server.url, { dispatcher: agent, signal: controller.signal })
      .catch(() => {})
      .finally(() => (isSettled = true));
    await until(() => answers.length === 1);
    controller.abort();
    for (let count = 0; count < 50; count++) await turn();
    expect(isSettled).toBe(false);
    answers[0]!();
    await Promise.all([first, second]);
    await until(() => server.open === 0);
    await agent.close();

    await using client = new HttpClient({ maxConnections: 1 });
    const ours = client.get(server.url);
    const waiting = client.get(server.url, { signal: AbortSignal.abort("enough") });
    await expect(waiting).rejects.toBe("enough");
    await until(() => answers.length === 2);
    answers[1]!();
    expectSuccess(await ours);
    for (let count = 0; count < 50; count++) await turn();
    expect(server.open).toBe(1);
  });

  it("fetch sends an API key on to another origin", async () => {
    await using other = await startServer((_, response) => response.end());
    await using server = await startServer((_, response) => response.writeHead(302, { location: other.url }).end());
    const headers = { "x-api-key": "hunter22" };
    await (await fetch(server.url, { headers })).arrayBuffer();
    expect(other.received[0]?.headers["x-api-key"]).toBe("hunter22");

    await using client = new HttpClient({ headers });
    expectSuccess(await client.get(server.url));
    expect(other.received[1]?.headers["x-api-key"]).toBe(undefined);
  });

  it("a path resolved by URL alone leaves the base, in origin and in path", async () => {
    expect(new URL("//evil.example/x", "https://api.example/v1/").href).toBe("https://evil.example/x");
    expect(new URL("/users", "https://api.example/v1").href).toBe("https://api.example/users");

    await using server = await startServer((_, response) => response.end());
    await using client = new HttpClient({ baseUrl: `${server.url}/v1` });
    await expect(client.get("//evil.example/x")).rejects.toMatchObject({ code: "INVALID_URL" });
    expectSuccess(await client.get("/users"));
    expect(server.received.map(({ url }) => url)).toEqual(["/v1/users"]);
  });
});

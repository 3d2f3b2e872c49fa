import { type AddressInfo, createServer } from "node:net";
import { setImmediate as turn } from "node:timers/promises";
import { HttpClient } from "@phasewise/runtime/http";
import { expectFailure, expectSuccess, fakeClock } from "@phasewise/runtime/testing";
import { describe, expect, it } from "vitest";
import { listenersOf } from "../tasks/listeners-of.js";
import { startServer, until } from "./test-server.js";

/** Takes connections and says nothing, so one for https never comes about. */
async function startSilent() {
  let accepted = 0;
  let open = 0;
  const server = createServer((socket) => {
    accepted++;
    open++;
    socket.on("error", () => {}).on("close", () => open--);
    socket.resume();
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  return {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}/a`,
    accepted: () => accepted,
    open: () => open,
    async [Symbol.asyncDispose]() {
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const neverAnswers = () => startServer(() => {});

/** Sends the headers and the first byte, and no more. */
const stallsInBody = () => startServer((_, response) => void response.write("{"));

const stalls = [
  ["before the headers", neverAnswers],
  ["within the body", stallsInBody],
  ["within the body of an error", () => startServer((_, response) => void response.writeHead(404).write("n"))],
] as const;

describe("the time limit", () => {
  it.each(stalls)("ends a request whose server stalls %s", async (_, start) => {
    await using server = await start();
    const clock = fakeClock();
    await using client = new HttpClient({ clock, timeoutMs: 5_000 });
    const requesting = client.get(`${server.url}/a`);
    await until(() => server.received.length === 1);
    await clock.advance(4_999);
    expect(clock.pending).toBe(1);
    await clock.advance(1);
    const error = expectFailure(await requesting, "TIMED_OUT");
    expect(error.message).toBe(`GET ${server.url}/a was not done after 5000 ms`);
    expect(clock.pending).toBe(0);
    await until(() => server.open === 0);
  });

  it("ends a request for which no connection comes about, and the connection as well", async () => {
    await using server = await startSilent();
    const clock = fakeClock();
    await using client = new HttpClient({ clock, timeoutMs: 5_000 });
    const requesting = client.get(server.url);
    await until(() => server.accepted() === 1);
    await clock.advance(5_000);
    expectFailure(await requesting, "TIMED_OUT");
    expect(clock.pending).toBe(0);
    await until(() => server.open() === 0);
  });

  it("of the client is that of its connections, so a request with a longer one tries again", async () => {
    await using server = await startSilent();
    const clock = fakeClock();
    await using client = new HttpClient({ clock, timeoutMs: 5_000, retry: false });
    const requesting = client.get(server.url, { timeoutMs: 9_000 });
    await until(() => clock.pending === 2);
    await clock.advance(5_000);
    expect(expectFailure(await requesting, "CONNECTION_FAILED").message).toContain("no connection after 5000 ms");
  });

  it("of a request takes the place of that of the client", async () => {
    await using server = await neverAnswers();
    const clock = fakeClock();
    await using client = new HttpClient({ clock, timeoutMs: 5_000 });
    const requesting = client.get(server.url, { timeoutMs: 50 });
    await until(() => server.received.length === 1);
    await clock.advance(50);
    expectFailure(await requesting, "TIMED_OUT");
  });

  it("leaves no timer when the answer comes in time", async () => {
    await using server = await startServer((_, response) => response.end());
    const clock = fakeClock();
    await using client = new HttpClient({ clock });
    expectSuccess(await client.get(server.url));
    expect(clock.pending).toBe(0);
  });

  it("goes by the clock of the work in which the client was made", async () => {
    await using server = await neverAnswers();
    const clock = fakeClock();
    await using client = clock.run(() => new HttpClient({ timeoutMs: 10 }));
    const requesting = client.get(server.url);
    await until(() => server.received.length === 1);
    await clock.advance(10);
    expectFailure(await requesting, "TIMED_OUT");
  });
});

describe("a server to which no connection comes about", () => {
  it("is asked for no more connections than maxConnections, and for none on behalf of a request that has ended", async () => {
    await using server = await startSilent();
    const clock = fakeClock();
    await using client = new HttpClient({ clock, timeoutMs: 5_000, maxConnections: 2 });
    const requests = Array.from({ length: 10 }, () => client.get(server.url));
    await until(() => server.accepted() === 2);
    await clock.advance(5_000);
    for (const answer of await Promise.all(requests)) expectFailure(answer, "TIMED_OUT");
    await until(() => server.open() === 0);
    await clock.advance(60_000);
    expect({ accepted: server.accepted(), pending: clock.pending }).toEqual({ accepted: 2, pending: 0 });
  });

  it("is left when the client is closed", async () => {
    await using server = await startSilent();
    const clock = fakeClock();
    const client = new HttpClient({ clock });
    const controller = new AbortController();
    const requesting = client.get(server.url, { signal: controller.signal }).catch((reason: unknown) => reason);
    await until(() => server.accepted() === 1);
    controller.abort("enough");
    expect(await requesting).toBe("enough");
    await client.close();
    await until(() => server.open() === 0);
    await until(() => clock.pending === 0);
  });
});

describe("an abort", () => {
  it("before the request sends nothing", async () => {
    await using server = await neverAnswers();
    await using client = new HttpClient();
    await expect(client.get(server.url, { signal: AbortSignal.abort("enough") })).rejects.toBe("enough");
    expect(server.received).toEqual([]);
    expect(server.accepted).toBe(0);
  });

  it.each(stalls)("ends a request whose server stalls %s, at once", async (_, start) => {
    await using server = await start();
    const clock = fakeClock();
    const controller = new AbortController();
    const listeners = listenersOf(controller.signal);
    await using client = new HttpClient({ clock });
    const requesting = client.get(server.url, { signal: controller.signal });
    await until(() => server.received.length === 1);
    controller.abort("enough");
    await expect(requesting).rejects.toBe("enough");
    expect(clock.pending).toBe(0);
    expect(listeners.size).toBe(0);
    await until(() => server.open === 0);
  });

  it("ends a request that waits for a new connection", async () => {
    await using server = await startSilent();
    const controller = new AbortController();
    await using client = new HttpClient({ clock: fakeClock() });
    const requesting = client.get(server.url, { signal: controller.signal });
    controller.abort("enough");
    await expect(requesting).rejects.toBe("enough");
  });

  it("right after the request opens no connection", async () => {
    await using server = await neverAnswers();
    const controller = new AbortController();
    await using client = new HttpClient();
    const requesting = client.get(server.url, { signal: controller.signal });
    controller.abort("enough");
    await expect(requesting).rejects.toBe("enough");
    for (let count = 0; count < 50; count++) await turn();
    expect(server.accepted).toBe(0);
  });

  it("while its connection is opened sends nothing, and leaves the connection to the next request", async () => {
    await using server = await startServer((_, response) => response.end("{}"));
    const controller = new AbortController();
    await using client = new HttpClient({ maxConnections: 1 });
    const requesting = client.get(server.url, { signal: controller.signal }).catch((reason: unknown) => reason);
    for (let tasks = 0; tasks < 100; tasks++) await Promise.resolve();
    controller.abort("enough");
    expect(await requesting).toBe("enough");
    expectSuccess(await client.get(`${server.url}/next`));
    expect(server.received.map(({ url }) => url)).toEqual(["/next"]);
    expect(server.accepted).toBe(1);
  });

  it("ends a request that waits for its turn, and leaves the connection to others", async () => {
    const answers: (() => void)[] = [];
    await using server = await startServer((_, response) => void answers.push(() => response.end()));
    const controller = new AbortController();
    await using client = new HttpClient({ maxConnections: 1 });
    const first = client.get(server.url);
    const second = client.get(server.url, { signal: controller.signal });
    const third = client.get(server.url);
    await until(() => answers.length === 1);
    controller.abort("enough");
    await expect(second).rejects.toBe("enough");
    answers[0]!();
    expectSuccess(await first);
    await until(() => answers.length === 2);
    answers[1]!();
    expectSuccess(await third);
    expect({ accepted: server.accepted, received: server.received.length }).toEqual({ accepted: 1, received: 2 });
  });

  it("between two attempts ends the request at once", async () => {
    await using server = await startServer((_, response) => response.writeHead(503).end());
    const clock = fakeClock();
    const controller = new AbortController();
    const listeners = listenersOf(controller.signal);
    await using client = new HttpClient({ clock, retry: { delayMs: 1_000, jitter: "none" } });
    const requesting = client.get(server.url, { signal: controller.signal });
    await until(() => clock.listPending().some(({ dueMs }) => dueMs === 1_000));
    controller.abort("enough");
    await expect(requesting).rejects.toBe("enough");
    expect({ pending: clock.pending, listeners: listeners.size, received: server.received.length }).toEqual({
      pending: 0,
      listeners: 0,
      received: 1,
    });
  });

  it("during a wait that the server asked for ends the request at once", async () => {
    await using server = await startServer((_, response) => response.writeHead(503, { "retry-after": "5" }).end());
    const clock = fakeClock();
    const controller = new AbortController();
    await using client = new HttpClient({ clock, retry: { delayMs: 0 } });
    const requesting = client.get(server.url, { signal: controller.signal });
    await until(() => server.received.length === 1);
    await clock.advance(0);
    await until(() => clock.listPending().some(({ dueMs }) => dueMs === 5_000));
    controller.abort("enough");
    await expect(requesting).rejects.toBe("enough");
    expect(clock.pending).toBe(0);
  });

  it("closes the stream that was to be sent, even if it was never begun", async () => {
    let isClosed = false;
    const source = {
      next: () => new Promise<never>(() => {}),
      return: async () => {
        isClosed = true;
        return { done: true as const, value: undefined };
      },
    };
    await using server = await startServer((request) => void request.resume());
    await using client = new HttpClient();
    const signal = AbortSignal.abort("enough");
    const requesting = client.put(server.url, { body: { [Symbol.asyncIterator]: () => source }, signal });
    await expect(requesting).rejects.toBe("enough");
    await until(() => isClosed);
  });

  it("leaves no listener on a signal that outlives the request", async () => {
    await using server = await startServer((_, response) => response.end("{}"));
    const { signal } = new AbortController();
    const listeners = listenersOf(signal);
    await using client = new HttpClient({
      policy: () => ({ execute: (work, options) => work({ signal: options.signal! }) }),
    });
    expectSuccess(await client.get(server.url, { signal }));
    const { body } = expectSuccess(await client.get(server.url, { signal, as: "stream" }));
    expect(listeners.size).toBe(1);
    for await (const _ of body);
    await until(() => body.closed);
    expect(listeners.size).toBe(0);
  });
});

import { setImmediate as nextTurn } from "node:timers/promises";
import { HttpClient } from "@phasewise/runtime/http";
import { expectSuccess, fakeClock } from "@phasewise/runtime/testing";
import { describe, expect, it } from "vitest";
import { startServer, textOf, until } from "./test-server.js";

/** Answers when it is told to. */
async function startManual() {
  const answers: (() => void)[] = [];
  const server = await startServer((_, response) => void answers.push(() => response.end('"done"')));
  return { server, answers, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
}

describe("connections", () => {
  it("are kept and used again", async () => {
    await using server = await startServer((_, response) => response.end("{}"));
    await using client = new HttpClient({ maxConnections: 1 });
    for (let count = 0; count < 5; count++) expectSuccess(await client.post(server.url, { json: { count } }));
    expect({ accepted: server.accepted, open: server.open }).toEqual({ accepted: 1, open: 1 });
  });

  it("are not more than maxConnections to an origin; further requests wait", async () => {
    await using manual = await startManual();
    await using client = new HttpClient({ maxConnections: 3 });
    const requests = Array.from({ length: 10 }, () => client.get(manual.server.url));
    for (let answered = 0; answered < 10; answered++) {
      await until(() => manual.server.received.length === Math.min(10, answered + 3));
      expect(manual.server.open).toBe(3);
      manual.answers[answered]!();
    }
    for (const answer of await Promise.all(requests)) expect(expectSuccess(answer).body).toBe("done");
    expect(manual.server.accepted).toBe(3);
  });
});

describe("closing a client", () => {
  it("refuses further requests, and waits for those that run", async () => {
    await using manual = await startManual();
    const client = new HttpClient();
    const requesting = client.get(manual.server.url);
    await until(() => manual.answers.length === 1);
    let isClosed = false;
    const closing = client.close().then(() => (isClosed = true));
    await expect(client.get(manual.server.url)).rejects.toMatchObject({
      code: "CLIENT_CLOSED",
      message: "HttpClient, GET was called after the client was closed. Make the request before that.",
    });
    await until(() => manual.server.open === 1);
    expect(isClosed).toBe(false);
    manual.answers[0]!();
    expectSuccess(await requesting);
    await closing;
    await until(() => manual.server.open === 0);
    expect(manual.server.received).toHaveLength(1);
  });

  it("waits for an open stream", async () => {
    await using server = await startServer((_, response) => response.end("abc"));
    const client = new HttpClient();
    const { body } = expectSuccess(await client.get(server.url, { as: "stream" }));
    let isClosed = false;
    const closing = client.close().then(() => (isClosed = true));
    for (let turn = 0; turn < 100; turn++) await nextTurn();
    expect(isClosed).toBe(false);
    expect(await textOf(body)).toBe("abc");
    await closing;
  });

  it("waits for requests that fail as well, whose outcome is told to nobody else", async () => {
    await using server = await startServer((_, response) => void response.destroy());
    const client = new HttpClient({ retry: false });
    const controller = new AbortController();
    const failing = client.get(server.url);
    const aborted = client.get(server.url, { signal: controller.signal }).catch((reason: unknown) => reason);
    controller.abort("enough");
    await client.close();
    expect((await failing).success).toBe(false);
    expect(await aborted).toBe("enough");
  });

  it("may be done several times, and by await using", async () => {
    await using server = await startServer((_, response) => response.end());
    const client = new HttpClient();
    expectSuccess(await client.get(server.url));
    const closing = client.close();
    expect(client.close()).toBe(closing);
    await closing;
    await client[Symbol.asyncDispose]();
    await until(() => server.open === 0);
  });

  it("is at once for a client that was never used", async () => {
    await new HttpClient({ clock: fakeClock() }).close();
  });
});

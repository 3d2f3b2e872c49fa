import { HttpClient, type HttpHeaders } from "@phasewise/runtime/http";
import { expectSuccess } from "@phasewise/runtime/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { startServer } from "./test-server.js";

const startOk = () => startServer((_, response) => response.end());

describe("headers", () => {
  it("of a request take the place of those of the client, in whatever case they are written", async () => {
    await using server = await startOk();
    const headers = { "X-Tenant": "a", Accept: "text/csv", "x-extra": "1" };
    await using client = new HttpClient({ baseUrl: server.url, headers });
    expectSuccess(await client.get("a", { headers: { "x-tenant": "b", "X-EXTRA": undefined } }));
    expectSuccess(await client.get("a"));
    expect(server.received[0]?.headers).toMatchObject({ "x-tenant": "b", accept: "text/csv" });
    expect(server.received[0]?.headers).not.toHaveProperty("x-extra");
    expect(server.received[1]?.headers).toMatchObject({ "x-tenant": "a", "x-extra": "1" });
  });

  it("may name another host", async () => {
    await using server = await startOk();
    await using client = new HttpClient({ baseUrl: server.url });
    expectSuccess(await client.get("a", { headers: { host: "shop.example" } }));
    expect(server.received[0]?.headers.host).toBe("shop.example");
  });

  it.each<[string, HttpHeaders]>([
    ["a line break in a value", { "x-a": "1\r\nx-b: 2" }],
    ["a line feed alone", { "x-a": "1\nx-b: 2" }],
    ["a null character", { "x-a": "\0" }],
    ["a character beyond latin1", { "x-a": "€" }],
    ["a value that is no text", { "x-a": 1 as never }],
    ["no value", { "x-a": null as never }],
    ["a line break in a name", { "x-a: 1\r\nx-b": "2" }],
    ["a blank in a name", { "x a": "1" }],
    ["no name", { "": "1" }],
    ["one that is up to the connection", { "Transfer-Encoding": "chunked" }],
    ["another one that is", { connection: "close" }],
  ])("with %s are refused at once, and their value is not quoted", async (_, headers) => {
    await using server = await startOk();
    const secret = { authorization: "Bearer hunter22hunter22\n" };
    await using client = new HttpClient({ baseUrl: server.url });
    await expect(client.get("a", { headers })).rejects.toMatchObject({ code: "INVALID_HEADER" });
    expect(() => new HttpClient({ headers })).toThrow(expect.objectContaining({ code: "INVALID_HEADER" }));
    await expect(client.get("a", { headers: secret })).rejects.toThrow(/^HttpClient, GET: the header "authorization" /);
    await expect(client.get("a", { headers: secret })).rejects.not.toThrow("hunter22");
    expect(server.received).toEqual([]);
  });

  it.each([[new Headers({ "x-a": "1" })], [new Map([["x-a", "1"]])], [[["x-a", "1"]]]])(
    "that are no record are refused: %o",
    async (headers) => {
      await using client = new HttpClient({ baseUrl: "http://127.0.0.1:1" });
      await expect(client.get("a", { headers: headers as never })).rejects.toMatchObject({ code: "INVALID_OPTION" });
    },
  );

  it("refuses an idempotency key with a line break as well", async () => {
    await using client = new HttpClient({ baseUrl: "http://127.0.0.1:1" });
    await expect(client.post("a", { idempotencyKey: "1\r\nx: 2" })).rejects.toMatchObject({ code: "INVALID_HEADER" });
  });

  it("arrive as they were given, or are refused: nothing else gets in by them", async () => {
    await using server = await startOk();
    await using client = new HttpClient({ baseUrl: server.url });
    const value = fc.oneof(
      fc.string({ unit: "binary", maxLength: 10 }),
      fc.array(fc.constantFrom("\r", "\n", "a", ":", " ", "\0", "ÿ", "Ā"), { maxLength: 6 }).map((it) => it.join("")),
    );
    await fc.assert(
      fc.asyncProperty(value, async (text) => {
        const before = server.received.length;
        const outcome = await client.get("a", { headers: { "x-a": text } }).catch((error: unknown) => error);
        if (outcome instanceof Error) {
          expect(outcome).toMatchObject({ code: "INVALID_HEADER" });
          return;
        }
        const { "x-a": arrived, ...others } = server.received[before]!.headers;
        expect(arrived).toBe(text.replace(/^[\t ]+|[\t ]+$/g, ""));
        expect(Object.keys(others).sort()).toEqual(["accept", "accept-encoding", "connection", "host"]);
      }),
      { numRuns: 300, seed: 4 },
    );
  });

  it("may fit the body badly, which is refused before it is sent", async () => {
    await using server = await startOk();
    await using client = new HttpClient({ baseUrl: server.url });
    const sending = client.post("a", { body: "abc", headers: { "content-length": "2" } });
    await expect(sending).rejects.toMatchObject({ code: "INVALID_OPTION" });
    expect(server.received).toEqual([]);
    expectSuccess(await client.post("a", { body: "abc", headers: { "content-length": "3" } }));
  });
});

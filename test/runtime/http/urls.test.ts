import { HttpClient } from "@phasewise/runtime/http";
import { expectSuccess } from "@phasewise/runtime/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { startServer } from "./test-server.js";

const startOk = () => startServer((_, response) => response.end());

describe("a base URL", () => {
  it.each([
    ["/v1", "users", "/v1/users"],
    ["/v1/", "users", "/v1/users"],
    ["/v1", "/users", "/v1/users"],
    ["", "users", "/users"],
    ["", "", "/"],
    ["/v1", "users/../groups", "/v1/groups"],
    ["/v1", "users?page=2#top", "/v1/users?page=2"],
    ["/v1", "?page=2", "/v1/?page=2"],
    ["/v1", "users:search", "/v1/users:search"],
    ["/v1", "search?q=http://elsewhere", "/v1/search?q=http://elsewhere"],
    ["/v1", "ä b", "/v1/%C3%A4%20b"],
  ])("%s and %s make %s", async (base, url, expected) => {
    await using server = await startOk();
    await using client = new HttpClient({ baseUrl: server.url + base });
    expectSuccess(await client.get(url));
    expect(server.received.map((request) => request.url)).toEqual([expected]);
  });

  it("takes a whole URL that lies below it, as pages link to each other", async () => {
    await using server = await startOk();
    await using client = new HttpClient({ baseUrl: `${server.url}/v1` });
    expectSuccess(await client.get(`${server.url}/v1/users?page=2`));
    expectSuccess(await client.get(new URL(`${server.url}/v1`)));
    expect(server.received.map(({ url }) => url)).toEqual(["/v1/users?page=2", "/v1"]);
  });

  it.each([
    "//evil.example/x",
    "\\\\evil.example/x",
    "/\\evil.example/x",
    "///evil.example",
    "http://evil.example/v1/x",
    "HTTPS://evil.example/v1/x",
    "file:///etc/passwd",
    "../admin",
    "users/../../admin",
    "%2e%2e/admin",
    "..\\admin",
  ])("is not left by %s", async (url) => {
    await using server = await startOk();
    await using client = new HttpClient({ baseUrl: `${server.url}/v1` });
    await expect(client.get(url)).rejects.toMatchObject({ code: "INVALID_URL" });
    expect(server.received).toEqual([]);
  });

  it("is not left by any text", async () => {
    await using server = await startOk();
    await using client = new HttpClient({ baseUrl: `${server.url}/v1` });
    const part = fc.oneof(
      fc.constantFrom("/", "\\", "..", ".", "%2e", ":", "@", "?", "#", "http:", "evil.example", "\t", "\n", " ", "%2f"),
      fc.string({ unit: "binary", maxLength: 3 }),
    );
    const text = fc.array(part, { maxLength: 8 }).map((parts) => parts.join(""));
    await fc.assert(
      fc.asyncProperty(text, async (url) => {
        const before = server.received.length;
        const outcome = await client.get(url).catch((error: unknown) => error);
        if (outcome instanceof Error) expect(outcome).toMatchObject({ code: "INVALID_URL" });
        else expect(server.received[before]?.url).toMatch(/^\/v1(?:[/?]|$)/);
      }),
      { numRuns: 300, seed: 4 },
    );
  });

  it.each([
    "nowhere",
    "ftp://example.com/",
    "http://user:hunter22@example.com/",
    "http://example.com/?key=hunter22",
    "http://example.com/#top",
  ])("%s is refused at once, and not quoted with what may be secret", (baseUrl) => {
    expect(() => new HttpClient({ baseUrl })).toThrow(
      expect.objectContaining({ code: "INVALID_URL", message: expect.not.stringContaining("hunter22") }),
    );
  });
});

describe("a client without a base URL", () => {
  it.each(["users", "/users", "", "ftp://example.com/", "file:///etc/passwd", "data:,x", undefined as never])(
    "refuses %s",
    async (url) => {
      await using client = new HttpClient();
      await expect(client.get(url)).rejects.toMatchObject({ code: "INVALID_URL" });
    },
  );

  it("refuses a user name in the URL, without quoting it", async () => {
    await using client = new HttpClient();
    const error = await client.get("http://user:hunter22@127.0.0.1/").catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "INVALID_URL", message: expect.not.stringContaining("hunter22") });
  });
});

describe("a query", () => {
  it("that is no record is refused", async () => {
    await using client = new HttpClient({ baseUrl: "http://127.0.0.1:1" });
    const query = new URLSearchParams({ page: "2" }) as never;
    await expect(client.get("a", { query })).rejects.toThrow("query must be a record");
  });

  it("is added to that of the URL", async () => {
    await using server = await startOk();
    await using client = new HttpClient({ baseUrl: server.url });
    const query = { page: 2, "a b": "ä&=", all: true, tag: ["x", "y"], none: undefined, few: [] };
    expectSuccess(await client.get("users?sort=name", { query }));
    expect(server.received[0]?.url).toBe("/users?sort=name&page=2&a+b=%C3%A4%26%3D&all=true&tag=x&tag=y");
  });
});

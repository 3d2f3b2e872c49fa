import { Result } from "@phasewise/runtime";
import { HttpClient } from "@phasewise/runtime/http";
import { expectFailure, expectSuccess } from "@phasewise/runtime/testing";
import { describe, expect, it } from "vitest";
import { startServer, textOf } from "./test-server.js";

/** `/<status>?to=<location>` redirects there; everything else answers with the request. */
const startRedirecting = () =>
  startServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "", "http://localhost");
    const sent = await textOf(request);
    const location = searchParams.get("to");
    if (location !== null) response.writeHead(Number(pathname.slice(1)), { location }).end("moved");
    else response.end(JSON.stringify({ method: request.method, url: request.url, sent, headers: request.headers }));
  });

describe("a redirect", () => {
  it.each([
    ["GET", 301, "GET", ""],
    ["GET", 302, "GET", ""],
    ["GET", 303, "GET", ""],
    ["GET", 307, "GET", ""],
    ["GET", 308, "GET", ""],
    ["POST", 301, "GET", ""],
    ["POST", 302, "GET", ""],
    ["POST", 303, "GET", ""],
    ["POST", 307, "POST", "{}"],
    ["POST", 308, "POST", "{}"],
    ["PUT", 301, "PUT", "{}"],
    ["PUT", 303, "GET", ""],
    ["PATCH", 302, "PATCH", "{}"],
    ["DELETE", 307, "DELETE", "{}"],
  ])("of %s with %i is followed with %s", async (method, status, nextMethod, sent) => {
    await using server = await startRedirecting();
    await using client = new HttpClient({ baseUrl: server.url });
    const options = { query: { to: "/next" }, ...(method !== "GET" && { json: {} }) };
    const { body, url } = expectSuccess(await client.request(method, `${status}`, options));
    expect(body).toMatchObject({ method: nextMethod, url: "/next", sent });
    expect(url).toBe(`${server.url}/next`);
    const { headers } = body as { headers: object };
    expect("content-type" in headers).toBe(sent !== "");
    expect(server.received).toHaveLength(2);
  });

  it("of HEAD stays HEAD", async () => {
    await using server = await startRedirecting();
    await using client = new HttpClient({ baseUrl: server.url });
    expectSuccess(await client.request("HEAD", "303", { query: { to: "/next" } }));
    expect(server.received.map(({ method }) => method)).toEqual(["HEAD", "HEAD"]);
  });

  it("is taken from the place that redirects, without the fragment", async () => {
    await using server = await startRedirecting();
    await using client = new HttpClient({ baseUrl: `${server.url}/` });
    const { url } = expectSuccess(await client.get("302", { query: { to: "next?a=1#top" } }));
    expect(url).toBe(`${server.url}/next?a=1`);
  });

  it("leads to the same origin with every header, and to another one without the secret ones", async () => {
    await using other = await startRedirecting();
    await using server = await startRedirecting();
    const headers = {
      authorization: "Bearer hunter22",
      cookie: "session=hunter22",
      "proxy-authorization": "Basic hunter22",
      "x-api-key": "hunter22",
      "x-auth-token": "hunter22",
      host: "shop.example",
      "x-tenant": "a",
    };
    await using client = new HttpClient({ headers });
    expectSuccess(await client.get(`${server.url}/302?to=/next`));
    expect(server.received[1]?.headers).toMatchObject(headers);

    expectSuccess(await client.get(`${server.url}/302?to=${other.url}/next`));
    expect(JSON.stringify(other.received)).not.toContain("hunter22");
    expect(other.received[0]?.headers).toMatchObject({ "x-tenant": "a", host: other.url.slice("http://".length) });
  });

  it("does not bring the secret headers back on the way home", async () => {
    await using server = await startRedirecting();
    await using other = await startRedirecting();
    await using client = new HttpClient({ headers: { authorization: "Bearer hunter22" } });
    const home = encodeURIComponent(`${server.url}/home`);
    expectSuccess(await client.get(`${server.url}/302`, { query: { to: `${other.url}/307?to=${home}` } }));
    expect(server.received.map(({ url, headers }) => [url.split("?")[0], headers.authorization])).toEqual([
      ["/302", "Bearer hunter22"],
      ["/home", undefined],
    ]);
  });

  it("with a user name in it is followed without that", async () => {
    await using server = await startRedirecting();
    await using client = new HttpClient();
    const location = server.url.replace("http://", "http://user:hunter22@");
    const { url } = expectSuccess(await client.get(`${server.url}/302`, { query: { to: `${location}/next` } }));
    expect(url).toBe(`${server.url}/next`);
  });

  it("is followed five times by default, and as often as the options say", async () => {
    await using server = await startServer((request, response) => {
      const left = Number(request.url?.slice(1));
      if (left > 0) response.writeHead(302, { location: `/${left - 1}` });
      response.end();
    });
    await using client = new HttpClient({ baseUrl: server.url });
    expectSuccess(await client.get("5"));
    const error = expectFailure(await client.get("6"), "TOO_MANY_REDIRECTS");
    expect(error.details).toMatchObject({ maxRedirects: 5 });

    await using bolder = new HttpClient({ baseUrl: server.url, maxRedirects: 7 });
    expectSuccess(await bolder.get("7"));
    expectFailure(await bolder.get("8"), "TOO_MANY_REDIRECTS");
  });

  it("in a loop ends, and needs one connection", async () => {
    await using server = await startServer((_, response) => response.writeHead(302, { location: "/" }).end("moved"));
    await using client = new HttpClient({ maxConnections: 1 });
    expectFailure(await client.get(server.url), "TOO_MANY_REDIRECTS");
    expect({ received: server.received.length, accepted: server.accepted }).toEqual({ received: 6, accepted: 1 });
  });

  it("is a status like any other when none is to be followed, and when it leads nowhere", async () => {
    await using server = await startServer((_, response) => response.writeHead(302).end());
    await using client = new HttpClient();
    expect(expectFailure(await client.get(server.url), "HTTP_STATUS").details).toMatchObject({ status: 302 });

    await using redirecting = await startRedirecting();
    await using strict = new HttpClient({ maxRedirects: 0 });
    expectFailure(await strict.get(`${redirecting.url}/302?to=/next`), "HTTP_STATUS");
    expect(redirecting.received).toHaveLength(1);
  });

  it.each(["ftp://127.0.0.1/", "file:///etc/passwd", "data:,x", "http://"])("to %s is refused", async (location) => {
    await using server = await startRedirecting();
    await using client = new HttpClient();
    expectFailure(await client.get(`${server.url}/302`, { query: { to: location } }), "REDIRECT_REFUSED");
  });

  it.each([
    ["https", "http", false],
    ["https", "https", true],
    ["http", "https", true],
    ["http", "http", true],
  ])("from %s to %s is followed: %s", async (from, to, isFollowed) => {
    const answers = [
      { status: 302, headers: { location: `${to}://example.com/next` }, url: "", body: Buffer.alloc(0) },
      { status: 200, headers: {}, url: "", body: Buffer.alloc(0) },
    ];
    await using client = new HttpClient<never>({
      policy: () => ({ execute: async () => Result.success(answers.shift()!) }),
    });
    const answer = await client.get(`${from}://example.com/`);
    if (isFollowed) expectSuccess(answer);
    else expect(expectFailure(answer, "REDIRECT_REFUSED").message).toContain("from https to http");
  });

  it("does not send a stream again, but may drop it", async () => {
    async function* body() {
      yield "abc";
    }
    await using server = await startRedirecting();
    await using client = new HttpClient({ baseUrl: server.url });
    const query = { to: "/next" };
    expectFailure(await client.post("307", { query, body: body() }), "REDIRECT_REFUSED");
    expect(expectSuccess(await client.post("303", { query, body: body() })).body).toMatchObject({ method: "GET" });
  });

  it("is followed for a stream that is read as well", async () => {
    await using server = await startRedirecting();
    await using client = new HttpClient({ baseUrl: server.url });
    await using body = expectSuccess(await client.get("302", { query: { to: "/next" }, as: "stream" })).body;
    expect(JSON.parse(await textOf(body))).toMatchObject({ url: "/next" });
  });
});

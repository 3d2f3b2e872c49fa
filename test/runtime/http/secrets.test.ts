import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { Result } from "@phasewise/runtime";
import { HttpClient } from "@phasewise/runtime/http";
import { expectFailure, fakeClock } from "@phasewise/runtime/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { startServer, until } from "./test-server.js";

const headers = {
  authorization: "Bearer hunter22-token",
  cookie: "theme=dark; session=hunter22-session",
  "proxy-authorization": "Basic hunter22Proxy==",
  "x-api-key": "hunter22-key",
};
const query = { access_token: "hunter22-query", password: "hunter22 ä", page: 2 };

/** Everything that a Failure tells, to people and to programs. */
function tell(result: Result<unknown>): string {
  return `${Result.format(result, { stack: "full" })}\n${JSON.stringify(Result.toJSON(result))}`;
}

describe("no Failure holds a secret of its request", () => {
  it("although the server tells them back", async () => {
    await using server = await startServer((request, response) => {
      response.writeHead(400).end(`${JSON.stringify(request.headers)} ${request.url}`);
    });
    await using client = new HttpClient({ headers });
    const answer = await client.get(`${server.url}/login`, { query });
    const error = expectFailure(answer, "HTTP_STATUS");
    expect(tell(answer)).not.toContain("hunter22");
    expect(error.message).toBe(`GET ${server.url}/login answered 400 Bad Request`);
    expect(error.details?.["url"]).toBe(`${server.url}/login`);
    expect(error.details?.["body"]).toContain("[masked]");
    expect(error.details?.["body"]).toContain("page=2");
  });

  it("nor the beginning of one, where a long answer is cut off", async () => {
    await using server = await startServer((_, response) => {
      response.writeHead(400).end(`${"x".repeat(1_015)}hunter22-token`);
    });
    await using client = new HttpClient({ headers });
    const { details } = expectFailure(await client.get(server.url), "HTTP_STATUS");
    expect(details).toMatchObject({ body: `${"x".repeat(1_015)}[masked]` });
  });

  it("when the answer is no JSON", async () => {
    await using server = await startServer((_, response) => response.end("hunter22-token"));
    await using client = new HttpClient({ headers });
    const answer = await client.get(server.url);
    expectFailure(answer, "BAD_JSON");
    expect(tell(answer)).not.toContain("hunter22");
  });

  it("when the answer is not what the schema expects, and the schema quotes it", async () => {
    await using server = await startServer((_, response) => response.end('"hunter22-token"'));
    await using client = new HttpClient({ headers });
    const schema = {
      "~standard": {
        version: 1 as const,
        vendor: "test",
        validate: (value: unknown) => ({ issues: [{ message: `unexpected ${String(value)}` }] }),
      },
    };
    const answer = await client.get(server.url, { schema });
    expectFailure(answer, "BAD_RESPONSE");
    expect(tell(answer)).not.toContain("hunter22");
    expect(tell(answer)).toContain("unexpected [masked]");
  });

  it("when the connection fails with them in what does not speak HTTP", async () => {
    const server = createServer((socket) => socket.once("data", () => socket.end("hunter22-token\r\n\r\n")));
    await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
    await using client = new HttpClient({ headers, retry: false });
    const { port } = server.address() as AddressInfo;
    const answer = await client.get(`http://127.0.0.1:${port}/`, { query });
    expectFailure(answer, "CONNECTION_FAILED");
    expect(tell(answer)).not.toContain("hunter22");
    await new Promise((resolve) => server.close(resolve));
  });

  it("when it is late, too large or redirected too often", async () => {
    await using server = await startServer((request, response) => {
      if (request.url?.startsWith("/large")) response.end("x".repeat(100));
      if (request.url?.startsWith("/loop")) response.writeHead(302, { location: request.url }).end();
    });
    const clock = fakeClock();
    await using client = new HttpClient({ baseUrl: server.url, headers, clock, maxResponseBytes: 10 });
    const late = client.get("late", { query });
    await until(() => server.received.length === 1);
    await clock.advance(30_000);
    const answers = [await late, await client.get("large", { query }), await client.get("loop", { query })];
    expect(answers.map((answer) => !answer.success && answer.error.code)).toEqual([
      "TIMED_OUT",
      "RESPONSE_TOO_LARGE",
      "TOO_MANY_REDIRECTS",
    ]);
    for (const answer of answers) expect(tell(answer)).not.toContain("hunter22");
  });

  it("whatever the secret is", async () => {
    await using server = await startServer((request, response) => {
      response.writeHead(400).end(`${request.headers.authorization} ${request.url}`);
    });
    await using client = new HttpClient({ baseUrl: server.url });
    const secret = fc.string({ unit: fc.constantFrom(..."abcXYZ019-._~+/=$%&"), minLength: 8, maxLength: 24 });
    await fc.assert(
      fc.asyncProperty(secret, async (token) => {
        const answer = await client.get("a", {
          headers: { authorization: `Bearer ${token}` },
          query: { api_key: token },
        });
        const { body } = expectFailure(answer, "HTTP_STATUS").details as { body: string };
        expect(body).not.toContain(token);
        expect(body).not.toContain(encodeURIComponent(token));
      }),
      { numRuns: 200, seed: 4 },
    );
  });
});

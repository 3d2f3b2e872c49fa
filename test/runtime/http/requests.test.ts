import { Readable } from "node:stream";
import type { StandardSchema } from "@phasewise/runtime";
import { HttpClient, HttpError } from "@phasewise/runtime/http";
import { expectFailure, expectSuccess } from "@phasewise/runtime/testing";
import { describe, expect, it } from "vitest";
import { startServer, textOf, until } from "./test-server.js";

/** Answers with the request, as JSON. */
const startEcho = () =>
  startServer(async (request, response) => {
    const { method, url, headers } = request;
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ method, url, headers, body: await textOf(request) }));
  });

/** Answers with this body to everything. */
const startFixed = (body: string | Buffer, headers: Record<string, string> = {}) =>
  startServer((_, response) => response.writeHead(200, headers).end(body));

interface Invoice {
  readonly cents: number;
}

const invoiceSchema: StandardSchema<Invoice> = {
  "~standard": {
    version: 1,
    vendor: "test",
    async validate(value) {
      const { cents } = (value ?? {}) as { cents?: unknown };
      if (typeof cents === "number") return { value: { cents } };
      return { issues: [{ message: "must be a number", path: ["cents"] }] };
    },
  },
};

describe("a request", () => {
  it.each(["get", "post", "put", "patch", "delete"] as const)("%s uses its method", async (name) => {
    await using server = await startEcho();
    await using client = new HttpClient({ baseUrl: server.url });
    const { status, body, url } = expectSuccess(await client[name]("things/1"));
    expect({ status, body, url }).toMatchObject({
      status: 200,
      body: { method: name.toUpperCase(), url: "/things/1" },
      url: `${server.url}/things/1`,
    });
  });

  it("takes any other method, in whatever case it is registered: upper case", async () => {
    await using server = await startEcho();
    await using client = new HttpClient({ baseUrl: server.url });
    expect(expectSuccess(await client.request("PROPFIND", "a")).body).toMatchObject({ method: "PROPFIND" });
    await expect(client.request("propfind", "a")).rejects.toMatchObject({ code: "INVALID_OPTION" });
    await expect(client.request("GET /evil", "a")).rejects.toMatchObject({ code: "INVALID_OPTION" });
    await expect(client.request("CONNECT", "a")).rejects.toMatchObject({ code: "INVALID_OPTION" });
    expect(server.received).toHaveLength(1);
  });

  it("HEAD has headers and no body", async () => {
    await using server = await startFixed("four", { "x-size": "4" });
    await using client = new HttpClient();
    const { headers, body } = expectSuccess(await client.request("HEAD", server.url));
    expect({ size: headers["x-size"], body }).toEqual({ size: "4", body: undefined });
    expectSuccess(await client.request("HEAD", server.url, { maxResponseBytes: 1 }));
  });

  it("sends JSON, and says so", async () => {
    await using server = await startEcho();
    await using client = new HttpClient({ baseUrl: server.url });
    const { body } = expectSuccess(await client.post("a", { json: { cents: 1_250, note: "ä" } }));
    expect(body).toMatchObject({
      body: '{"cents":1250,"note":"ä"}',
      headers: { "content-type": "application/json", "content-length": "26", accept: "application/json" },
    });
    const patched = await client.patch("a", { json: [], headers: { "Content-Type": "application/json-patch+json" } });
    expect(expectSuccess(patched).body).toMatchObject({
      body: "[]",
      headers: { "content-type": "application/json-patch+json" },
    });
    expect(expectSuccess(await client.post("a", { json: null })).body).toMatchObject({ body: "null" });
  });

  it.each([
    ["a string", () => "abc"],
    ["bytes", () => new TextEncoder().encode("abc")],
    ["a part of a larger buffer", () => new TextEncoder().encode("-abc-").subarray(1, 4)],
    ["a Node stream", () => Readable.from([Buffer.from("ab"), Buffer.from("c")])],
    ["a web stream", () => new Blob(["abc"]).stream() as unknown as AsyncIterable<Uint8Array>],
    [
      "an async generator",
      async function* () {
        yield "ab";
        yield new TextEncoder().encode("c");
      },
    ],
  ])("sends %s as it is", async (_, createBody) => {
    await using server = await startEcho();
    await using client = new HttpClient({ baseUrl: server.url });
    const { body } = expectSuccess(await client.put("a", { body: createBody() }));
    expect(body).toMatchObject({ body: "abc" });
    expect(server.received[0]?.headers).not.toHaveProperty("content-type");
  });

  it("rejects with what the stream that it sends failed with, and closes that stream", async () => {
    await using server = await startEcho();
    await using client = new HttpClient({ baseUrl: server.url });
    const failure = new Error("the disk is gone");
    let isClosed = false;
    async function* body() {
      try {
        yield "ab";
        throw failure;
      } finally {
        isClosed = true;
      }
    }
    await expect(client.put("a", { body: body() })).rejects.toBe(failure);
    expect(isClosed).toBe(true);
  });

  it("closes the stream that it sends when the server answers before its end", async () => {
    await using server = await startServer((_, response) => response.writeHead(403).end());
    await using client = new HttpClient({ baseUrl: server.url });
    const pieces = ["ab"];
    let isClosed = false;
    const source = {
      next: () => (pieces.length > 0 ? Promise.resolve({ value: pieces.pop()! }) : new Promise<never>(() => {})),
      return: async () => {
        isClosed = true;
        return { done: true as const, value: undefined };
      },
    };
    expectFailure(await client.put("a", { body: { [Symbol.asyncIterator]: () => source } }), "HTTP_STATUS");
    await until(() => isClosed);
  });

  it.each([
    [{ json: {}, body: "" }, "both json and body"],
    [{ json: () => 1 }, "json is a function"],
    [{ body: { cents: 1 } as never }, "body must be a string"],
    [{ body: 7 as never }, "body must be a string"],
    [{ as: "xml" as never }, "as must be one of"],
    [{ as: "text" as const, schema: invoiceSchema }, "a schema validates JSON"],
    [{ schema: {} as never }, "schema is no Standard Schema"],
    [{ timeoutMs: -1 }, "timeoutMs"],
    [{ maxResponseBytes: 0 }, "maxResponseBytes"],
    [{ retry: { maxAttempts: 0 } }, "retry.maxAttempts"],
    [{ retry: { delayMs: Number.NaN } }, "retry.delayMs"],
    [{ retry: { maxDelayMs: -1 } }, "retry.maxDelayMs"],
  ])("refuses %o before anything is sent", async (options, problem) => {
    await using server = await startEcho();
    await using client = new HttpClient({ baseUrl: server.url });
    await expect(client.post("a", options)).rejects.toMatchObject({
      code: "INVALID_OPTION",
      message: expect.stringContaining(problem),
    });
    expect(server.received).toEqual([]);
  });

  it("refuses a stream that was used up, and takes a new one", async () => {
    await using server = await startEcho();
    await using client = new HttpClient({ baseUrl: server.url });
    const used = Readable.from(["abc"], { objectMode: false });
    await textOf(used);
    await expect(client.post("a", { body: used })).rejects.toThrow("a stream that was read or destroyed before");
    const destroyed = Readable.from(["abc"]).destroy();
    await expect(client.post("a", { body: destroyed })).rejects.toBeInstanceOf(HttpError);
    expectSuccess(await client.post("a", { body: Readable.from(["abc"], { objectMode: false }) }));
  });
});

describe("the options of a client", () => {
  it.each([
    [{ maxConnections: 0 }, "maxConnections"],
    [{ maxConnections: 1.5 }, "maxConnections"],
    [{ timeoutMs: -1 }, "timeoutMs"],
    [{ timeoutMs: Infinity }, "timeoutMs"],
    [{ maxRedirects: -1 }, "maxRedirects"],
    [{ maxRedirects: 1.5 }, "maxRedirects"],
    [{ maxResponseBytes: 0 }, "maxResponseBytes"],
    [{ retry: { maxAttempts: 1.5 } }, "retry.maxAttempts"],
    [{ policy: {} as never }, "policy must be a function"],
  ])("%o is refused at once", (options, problem) => {
    expect(() => new HttpClient(options)).toThrow(
      expect.objectContaining({ code: "INVALID_OPTION", message: expect.stringContaining(problem) }),
    );
  });

  it.each([
    {},
    { maxConnections: 1 },
    { maxConnections: Infinity },
    { maxRedirects: 0 },
    { maxResponseBytes: Infinity },
    { retry: false as const },
    { retry: { maxAttempts: 1, delayMs: 0, maxDelayMs: 0 } },
  ])("%o is taken", async (options) => {
    await using server = await startEcho();
    await using client = new HttpClient({ baseUrl: server.url, ...options });
    expectSuccess(await client.get("a"));
  });
});

describe("the body of an answer", () => {
  it("is the value of its JSON", async () => {
    await using server = await startFixed('\ufeff{"cents":1250}');
    await using client = new HttpClient();
    expect(expectSuccess(await client.get(server.url)).body).toEqual({ cents: 1_250 });
  });

  it("is undefined when it is empty", async () => {
    await using server = await startServer((_, response) => response.writeHead(204).end());
    await using client = new HttpClient();
    expect(expectSuccess(await client.delete(server.url))).toMatchObject({ status: 204, body: undefined });
  });

  it("is a Failure when it is no JSON", async () => {
    await using server = await startFixed("<html>");
    await using client = new HttpClient();
    const error = expectFailure(await client.get(`${server.url}/page`), "BAD_JSON");
    expect(error).toMatchObject({
      message: `GET ${server.url}/page answered with a body that is no JSON`,
      cause: expect.any(SyntaxError),
      details: { method: "GET", url: `${server.url}/page`, status: 200, body: "<html>" },
    });
    expect(expectSuccess(await client.get(server.url, { as: "text" })).body).toBe("<html>");
  });

  it("is what the schema makes of it", async () => {
    await using server = await startFixed('{"cents":5,"note":"x"}');
    await using client = new HttpClient();
    const { body } = expectSuccess(await client.get(server.url, { schema: invoiceSchema }));
    expect(body.cents).toBe(5);
    expect(body).toEqual({ cents: 5 });
  });

  it("is a Failure with each issue when the schema does not take it", async () => {
    await using server = await startFixed('{"cents":"5"}');
    await using client = new HttpClient();
    const error = expectFailure(await client.get(server.url, { schema: invoiceSchema }), "BAD_RESPONSE");
    expect(error.message).toBe(`GET ${server.url}/ answered otherwise than expected: cents: must be a number`);
    expect(error.details).toMatchObject({ status: 200, problems: ["cents: must be a number"] });
  });

  it("lets pass what the schema throws", async () => {
    await using server = await startFixed("{}");
    await using client = new HttpClient();
    const broken: StandardSchema = {
      "~standard": { version: 1, vendor: "test", validate: () => Promise.reject(new TypeError("broken")) },
    };
    await expect(client.get(server.url, { schema: broken })).rejects.toThrow(TypeError);
  });

  it("is text in UTF-8, or bytes", async () => {
    await using server = await startFixed(Buffer.from("ä€"));
    await using client = new HttpClient();
    expect(expectSuccess(await client.get(server.url, { as: "text" })).body).toBe("ä€");
    const { body } = expectSuccess(await client.get(server.url, { as: "bytes" }));
    expect(body).toBeInstanceOf(Uint8Array);
    expect([...body]).toEqual([...Buffer.from("ä€")]);
  });

  it("is asked for uncompressed, and never taken for text when it is compressed nevertheless", async () => {
    await using server = await startFixed(Buffer.from([0x1f, 0x8b]), { "content-encoding": "gzip" });
    await using client = new HttpClient();
    expectFailure(await client.get(server.url), "BAD_RESPONSE");
    expectFailure(await client.get(server.url, { as: "text" }), "BAD_RESPONSE");
    const { body } = expectSuccess(
      await client.get(server.url, { as: "bytes", headers: { "accept-encoding": "gzip" } }),
    );
    expect([...body]).toEqual([0x1f, 0x8b]);
    expect(server.received.map(({ headers }) => headers["accept-encoding"])).toEqual(["identity", "identity", "gzip"]);
  });

  it("comes with headers by name in lower case, several cookies as a list", async () => {
    await using server = await startServer((_, response) => {
      response.setHeader("X-Page", "2").setHeader("Set-Cookie", ["a=1", "b=2"]).end();
    });
    await using client = new HttpClient();
    const { headers } = expectSuccess(await client.get(server.url));
    expect(headers).toMatchObject({ "x-page": "2", "set-cookie": ["a=1", "b=2"] });
  });
});

describe("a status that is none from 200 to 299", () => {
  it.each([304, 400, 401, 404, 409, 501, 505])("%i is a Failure with the status", async (status) => {
    await using server = await startServer((_, response) => {
      response.statusCode = status;
      response.end(status === 304 ? undefined : "no such thing");
    });
    await using client = new HttpClient();
    const error = expectFailure(await client.get(`${server.url}/a?page=2`), "HTTP_STATUS");
    expect(error.message).toMatch(`GET ${server.url}/a answered ${status} `);
    expect(error.details).toMatchObject({ status, ...(status !== 304 && { body: "no such thing" }) });
    expect(server.received).toHaveLength(1);
  });

  it("tells the beginning of a long body", async () => {
    await using server = await startServer((_, response) => response.writeHead(400).end("x".repeat(5_000)));
    await using client = new HttpClient({ maxConnections: 1 });
    const { details } = expectFailure(await client.get(server.url), "HTTP_STATUS");
    expect(details).toMatchObject({ body: "x".repeat(1_024) });
    expectFailure(await client.get(server.url), "HTTP_STATUS");
    expect(server.accepted).toBe(1);
  });

  it("does not read a body without end", async () => {
    await using server = await startServer((_, response) => {
      response.writeHead(400);
      const write = () => {
        while (!response.destroyed && response.write("x".repeat(10_000)));
      };
      response.on("drain", write);
      write();
    });
    await using client = new HttpClient();
    expectFailure(await client.get(server.url), "HTTP_STATUS");
  });
});

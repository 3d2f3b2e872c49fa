import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import type { ObjectStorage } from "../platform/object-storage/object-storage.js";
import { assertFailure, assertSuccess } from "./assert-result.js";
import { casesOf, type ConformanceCase, type ServiceFactory } from "./conformance-case.js";

const wrongKeys = ["", "/a", "a/", "a//b", ".", "..", "a/../b", "a/./b", "a\\b", "a\0", "a\r\nb", "a\u2028", "\ud800"];
const oddKeys = [
  "A",
  "a",
  "a/b",
  "a b+c",
  "a%2Fb",
  "a?b#c&d",
  "con",
  "...",
  "__proto__",
  "constructor",
  "ünï/🔑",
  `${"long-".repeat(30)}/`.repeat(6) + "end",
];

/**
 * What every adapter of `ObjectStorage` has to do.
 *
 * @example
 * ```ts
 * import { objectStorageConformance } from "@phasewise/runtime/conformance";
 * import { stubObjectStorage } from "@phasewise/runtime/testing";
 * import { it } from "vitest";
 *
 * const cases = objectStorageConformance(async () =>
 *   Object.assign(stubObjectStorage(), { async [Symbol.asyncDispose]() {} }),
 * );
 * for (const { name, run } of cases) it(name, run);
 * ```
 */
export function objectStorageConformance(create: ServiceFactory<ObjectStorage>): readonly ConformanceCase[] {
  return casesOf(create, {
    "gives back what was uploaded, as a text, as bytes and in pieces": async (storage) => {
      const bytes = Uint8Array.from({ length: 1_000 }, (_, index) => index % 256);
      for (const [body, expected] of [
        ["", Buffer.alloc(0)],
        ["\ufeffünï 🔑\r\n", Buffer.from("\ufeffünï 🔑\r\n")],
        [bytes, Buffer.from(bytes)],
        [piecesOf([bytes, new Uint8Array(), bytes]), Buffer.concat([bytes, bytes])],
        [piecesOf([]), Buffer.alloc(0)],
      ] as const) {
        const info = assertSuccess(await storage.upload("a/b.bin", body));
        assert.equal(info.sizeBytes, expected.byteLength);
        assert.equal(info.sha256, sha256Of(expected));
        assert.deepEqual(Buffer.from(await readBytes(storage, "a/b.bin")), expected);
      }
      assertSuccess(await storage.upload("text", "\ufeffünï 🔑\r\n"));
      await using object = assertSuccess(await storage.download("text"));
      assert.equal(assertSuccess(await object.text()), "\ufeffünï 🔑\r\n");
    },
    "gives back a large object, piece by piece": async (storage) => {
      const part = Buffer.alloc(1 << 20, "0123456789abcdef");
      const parts = Array.from({ length: 7 }, () => part);
      const info = assertSuccess(await storage.upload("large", piecesOf(parts)));
      assert.deepEqual([info.sizeBytes, info.sha256], [7 << 20, sha256Of(Buffer.concat(parts))]);
      await using object = assertSuccess(await storage.download("large"));
      const hash = createHash("sha256");
      for await (const piece of object.body) hash.update(piece);
      assert.equal(hash.digest("hex"), info.sha256);
    },
    "knows type, metadata, size, checksum and time of an object": async (storage) => {
      const options = { contentType: "text/plain; charset=utf-8", metadata: { "invoice-id": "i-1", "paid-by": "A B" } };
      const uploaded = assertSuccess(await storage.upload("a", "abc", options));
      const head = assertSuccess(await storage.head("a"));
      await using object = assertSuccess(await storage.download("a"));
      for (const { modifiedAt, ...info } of [uploaded, head, object.info]) {
        assert.deepEqual(info, { key: "a", sizeBytes: 3, sha256: sha256Of(Buffer.from("abc")), ...options });
        assert.ok(Math.abs(modifiedAt.getTime() - Date.now()) < 600_000);
      }
      const plain = assertSuccess(await storage.upload("b", "abc"));
      assert.deepEqual([plain.contentType, plain.metadata], ["application/octet-stream", {}]);
    },
    "answers NOT_FOUND for an object that is not there": async (storage) => {
      assertFailure(await storage.download("absent"), "NOT_FOUND");
      assertFailure(await storage.head("absent"), "NOT_FOUND");
    },
    "puts an object in place of another one, with all that belongs to it": async (storage) => {
      assertSuccess(await storage.upload("a", "first one", { contentType: "text/plain", metadata: { old: "1" } }));
      assertSuccess(await storage.upload("a", "second"));
      const { sizeBytes, contentType, metadata } = assertSuccess(await storage.head("a"));
      assert.deepEqual([sizeBytes, contentType, metadata], [6, "application/octet-stream", {}]);
      assert.equal(Buffer.from(await readBytes(storage, "a")).toString(), "second");
    },
    "deletes an object, and what is not there as well": async (storage) => {
      assertSuccess(await storage.upload("a", "abc"));
      assertSuccess(await storage.delete("a"));
      assertFailure(await storage.head("a"), "NOT_FOUND");
      assertSuccess(await storage.delete("a"));
    },
    "stores nothing when the checksum is another one": async (storage) => {
      const wrong = { sha256: sha256Of(Buffer.from("abd")) };
      assertFailure(await storage.upload("a", "abc", wrong), "CHECKSUM_MISMATCH");
      assertFailure(await storage.head("a"), "NOT_FOUND");
      assertSuccess(await storage.upload("a", "abc", { sha256: sha256Of(Buffer.from("abc")).toUpperCase() }));
      assertFailure(await storage.upload("a", piecesOf([Buffer.from("x")]), wrong), "CHECKSUM_MISMATCH");
      assert.equal(Buffer.from(await readBytes(storage, "a")).toString(), "abc");
    },
    "stores nothing of a body that rejects, and keeps what was there": async (storage) => {
      assertSuccess(await storage.upload("old", "abc"));
      for (const key of ["old", "new"]) {
        const result = await storage.upload(key, piecesOf([Buffer.from("x")], new Error("broken")));
        assertFailure(result, "BODY_FAILED");
        assert.match(String((result as { error: { cause?: unknown } }).error.cause), /broken/);
      }
      assertFailure(await storage.upload("new", piecesOf(["x" as unknown as Uint8Array])), "BODY_FAILED");
      assertFailure(await storage.upload("new", 7 as unknown as string), "BODY_FAILED");
      assertFailure(await storage.head("new"), "NOT_FOUND");
      assert.equal(Buffer.from(await readBytes(storage, "old")).toString(), "abc");
    },
    "stores nothing of an upload that is given up, and ends its body": async (storage) => {
      const upload = new AbortController();
      const body = endlessBody(() => upload.abort());
      assertFailure(await storage.upload("a", body, { signal: upload.signal }), "ABORTED");
      await body.ended;
      assertFailure(await storage.head("a"), "NOT_FOUND");
      assert.deepEqual(assertSuccess(await storage.list("")).objects, []);
    },
    "is given up at once when the signal has aborted": async (storage) => {
      const options = { signal: AbortSignal.abort() };
      assertFailure(await storage.upload("a", "abc", options), "ABORTED");
      assertFailure(await storage.download("a", options), "ABORTED");
      assertFailure(await storage.list("", options), "ABORTED");
      assertFailure(await storage.head("a"), "NOT_FOUND");
    },
    "shows readers one whole object while others are put in its place": async (storage) => {
      const versions = [1, 2, 3].map((number) => Buffer.alloc(200_000, number));
      assertSuccess(await storage.upload("a", versions[0]!));
      const reads = versions.map(() => readBytes(storage, "a").catch(() => undefined));
      for (const version of versions) assertSuccess(await storage.upload("a", piecesOf([version])));
      // A server that cannot go on may end a read, but never with less than the whole.
      for (const bytes of [...(await Promise.all(reads)), await readBytes(storage, "a")]) {
        assert.ok(bytes === undefined || versions.some((version) => version.equals(bytes)));
      }
    },
    "tells keys apart that look alike or odd, and lists them as they are": async (storage) => {
      for (const key of oddKeys) assertSuccess(await storage.upload(key, key));
      for (const key of oddKeys) assert.equal(Buffer.from(await readBytes(storage, key)).toString(), key);
      const { objects } = assertSuccess(await storage.list(""));
      const sorted = oddKeys.toSorted((left, right) => Buffer.compare(Buffer.from(left), Buffer.from(right)));
      assert.deepEqual(
        objects.map(({ key }) => key),
        sorted,
      );
    },
    "answers INVALID_KEY for what is no key, whatever is to be done": async (storage) => {
      for (const key of [...wrongKeys, "a".repeat(1_025)]) {
        assertFailure(await storage.upload(key, "abc"), "INVALID_KEY");
        assertFailure(await storage.download(key), "INVALID_KEY");
        assertFailure(await storage.head(key), "INVALID_KEY");
        assertFailure(await storage.delete(key), "INVALID_KEY");
        assertFailure(await storage.signedUrl(key, { method: "GET", expiresInMs: 1_000 }), "INVALID_KEY");
      }
      assertFailure(await storage.list("a\0"), "INVALID_KEY");
      assert.deepEqual(assertSuccess(await storage.list("../")).objects, []);
    },
    "answers INVALID_OPTION for options that no header can hold, or that make no sense": async (storage) => {
      for (const options of [
        { contentType: "text/plain\r\nx-evil: 1" },
        { contentType: "text" },
        { metadata: { "a\r\nb": "c" } },
        { metadata: { a: "b\r\nc" } },
        { metadata: { a: "ü" } },
        { metadata: { a: "b".repeat(2_001) } },
        { sha256: "abc" },
      ]) {
        assertFailure(await storage.upload("a", "abc", options), "INVALID_OPTION");
      }
      for (const limit of [0, 1.5, 1_001]) assertFailure(await storage.list("", { limit }), "INVALID_OPTION");
      const expired = { method: "GET", expiresInMs: 0 } as const;
      assertFailure(await storage.signedUrl("a", expired), "INVALID_OPTION");
    },
    "lists page by page what begins with a prefix": async (storage) => {
      for (const key of ["b/1", "b/2", "b/3", "b2", "a", "c"]) assertSuccess(await storage.upload(key, "abc"));
      const first = assertSuccess(await storage.list("b/", { limit: 2 }));
      assert.deepEqual(
        first.objects.map(({ key, sizeBytes }) => [key, sizeBytes]),
        [
          ["b/1", 3],
          ["b/2", 3],
        ],
      );
      assert.ok(first.cursor !== undefined && first.objects[0]?.modifiedAt instanceof Date);
      const last = assertSuccess(await storage.list("b/", { limit: 2, cursor: first.cursor }));
      assert.deepEqual([last.objects.map(({ key }) => key), last.cursor], [["b/3"], undefined]);
      assert.equal(assertSuccess(await storage.list("b/", { limit: 3 })).cursor, undefined);
      assert.deepEqual(assertSuccess(await storage.list("d")), { objects: [], cursor: undefined });
    },
    "signs a URL that is one, or says that it is UNSUPPORTED": async (storage) => {
      for (const method of ["GET", "PUT"] as const) {
        const url = await storage.signedUrl("a b/ü.txt", { method, expiresInMs: 60_000 });
        if (url.success) assert.ok(new URL(url.data).pathname.endsWith("/a%20b/%C3%BC.txt"), url.data);
        else assertFailure(url, "UNSUPPORTED");
      }
    },
    "is healthy": async (storage) => {
      assert.ok(assertSuccess(await storage.health()).latencyMs >= 0);
    },
  });
}

async function* piecesOf(pieces: readonly Uint8Array[], error?: Error): AsyncGenerator<Uint8Array, void, undefined> {
  yield* pieces;
  if (error) throw error;
}

/** A body that goes on until nobody reads it; `ended` resolves then. */
function endlessBody(onSecond: () => void): AsyncIterable<Uint8Array> & { readonly ended: Promise<void> } {
  let end = () => {};
  const ended = new Promise<void>((resolve) => (end = resolve));
  async function* generate() {
    try {
      for (let piece = 1; ; piece++) {
        if (piece === 2) onSecond();
        yield Buffer.alloc(1_000);
      }
    } finally {
      end();
    }
  }
  return Object.assign(generate(), { ended });
}

async function readBytes(storage: ObjectStorage, key: string): Promise<Uint8Array> {
  const object = assertSuccess(await storage.download(key));
  return assertSuccess(await object.bytes());
}

function sha256Of(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

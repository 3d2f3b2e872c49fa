import type { ObjectBody } from "./object-storage.js";

/**
 * That a body which was to be uploaded could not be read; the cause says why. Adapters make `BODY_FAILED` of it.
 *
 * @example
 * ```ts
 * import { BodyError } from "@phasewise/runtime/platform";
 *
 * export const codeOf = (error: unknown) => (error instanceof BodyError ? "BODY_FAILED" : "UNAVAILABLE");
 * ```
 */
export class BodyError extends Error {}

/**
 * The bytes of a body, piece by piece, for adapters of `ObjectStorage`. Ends the body when nobody reads on.
 *
 * @throws BodyError when the body rejects, or gives something else than bytes; the reason of the signal when that aborts.
 *
 * @example
 * ```ts
 * import { piecesOf } from "@phasewise/runtime/platform";
 *
 * for await (const piece of piecesOf("abc", new AbortController().signal)) console.log(piece.byteLength); // 3
 * ```
 */
export async function* piecesOf(body: ObjectBody, signal: AbortSignal): AsyncGenerator<Uint8Array, void, undefined> {
  signal.throwIfAborted();
  if (typeof body === "string") return yield Buffer.from(body);
  if (body instanceof Uint8Array) return yield body;
  for await (const piece of checked(body)) {
    signal.throwIfAborted();
    yield piece;
  }
}

async function* checked(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  const pieces = begin(body);
  let isOpen = true;
  try {
    while (true) {
      const { done, value } = await pieces.next().catch((cause: unknown) => {
        isOpen = false;
        throw new BodyError(`the body rejected: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
      });
      isOpen = !done;
      if (done) return;
      if (!(value instanceof Uint8Array)) throw new BodyError("the body gave something else than bytes");
      yield value;
    }
  } finally {
    if (isOpen) await pieces.return?.();
  }
}

function begin(body: AsyncIterable<Uint8Array>): AsyncIterator<Uint8Array> {
  const start = (body as Partial<typeof body> | null)?.[Symbol.asyncIterator];
  if (typeof start !== "function") throw new BodyError("the body is neither text nor bytes nor an async iterable");
  return start.call(body);
}

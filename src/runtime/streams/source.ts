import { invalidSource } from "./errors.js";

/**
 * What a stream reads from: an iterable (also of promises), an async iterable, a Node `Readable`, or a web
 * `ReadableStream`.
 */
export type Source<T> = Iterable<T | PromiseLike<T>> | AsyncIterable<T> | WebSource<T>;

/** What is used of a web `ReadableStream`. */
export interface WebSource<T> {
  // Its overloads would say something else about T than its items do.
  getReader(): WebReader<NoInfer<T>>;
}

interface WebReader<T> {
  read(): Promise<{ done: false; value: T } | { done: true; value?: unknown }>;
  cancel(): Promise<void>;
  releaseLock(): void;
}

type Step<T> = IteratorResult<T | PromiseLike<T>, unknown>;

/** A source that is being read. */
export interface OpenSource<T> {
  readonly iterator: { next(): Step<T> | PromiseLike<Step<T>> };
  /** Called at most once, and not after the iterator has ended or failed; maybe before it has answered. */
  close(): unknown;
}

/** @throws StreamError `INVALID_SOURCE` */
export function requireSource(call: string, source: unknown): void {
  if (
    !hasMethod(source, "getReader") &&
    !hasMethod(source, Symbol.asyncIterator) &&
    !hasMethod(source, Symbol.iterator)
  ) {
    throw invalidSource(call, source);
  }
}

export function openSource<T>(source: Source<T>): OpenSource<T> {
  if ("getReader" in Object(source)) return openWebStream(source as WebSource<T>);
  const iterator = openIterator(source as Iterable<T> | AsyncIterable<T>);
  const close = () => iterator.return?.();
  if (!isNodeStream(source)) return { iterator, close };
  return {
    iterator,
    close() {
      // The iterator of a Node stream queues `return` behind a `next` that waits, maybe for ever.
      source.destroy();
      return close();
    },
  };
}

function openIterator<T>(source: Iterable<T> | AsyncIterable<T>): Iterator<T, unknown> | AsyncIterator<T, unknown> {
  return Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : source[Symbol.iterator]();
}

function openWebStream<T>(source: WebSource<T>): OpenSource<T> {
  const reader = source.getReader();
  return {
    iterator: {
      async next() {
        try {
          const step = await reader.read();
          if (!step.done) return step;
        } catch (error) {
          reader.releaseLock();
          throw error;
        }
        reader.releaseLock();
        return { done: true, value: undefined };
      },
    },
    close: () => reader.cancel().finally(() => reader.releaseLock()),
  };
}

function isNodeStream(source: unknown): source is { destroy(): void } {
  return hasMethod(source, "pipe") && hasMethod(source, "destroy");
}

function hasMethod(value: unknown, name: string | symbol): boolean {
  return value != null && typeof (value as Record<string | symbol, unknown>)[name] === "function";
}

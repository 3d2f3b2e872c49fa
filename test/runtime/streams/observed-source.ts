/** A source that notes what is done with it. */
export interface ObservedSource<T> {
  readonly items: AsyncIterable<T>;
  /** How often it has been asked for an item. */
  readonly asked: number;
  /** How often it has been told to close. */
  readonly closed: number;
  /** Has it said that there are no more items, or failed? */
  readonly hasEnded: boolean;
}

/** A source that counts how often it is read and closed; it gives a promise for each item, or the item itself. */
export function observedSource<T>(values: Iterable<T>, kind: "sync" | "async" = "async"): ObservedSource<T> {
  const source = { items: undefined as unknown as AsyncIterable<T>, asked: 0, closed: 0, hasEnded: false };
  const open = () => {
    const iterator = values[Symbol.iterator]();
    const next = () => {
      source.asked++;
      source.hasEnded = true;
      const step = iterator.next();
      source.hasEnded = step.done === true;
      return step;
    };
    const close = () => {
      source.closed++;
      iterator.return?.();
      return { done: true as const, value: undefined };
    };
    if (kind === "sync") return { next, return: close };
    return { next: async () => next(), return: async () => close() };
  };
  // The types of the two protocols differ only in what a stream takes either way.
  source.items = { [kind === "sync" ? Symbol.iterator : Symbol.asyncIterator]: open } as unknown as AsyncIterable<T>;
  return source;
}

/** A source that gives the items and then never answers again. */
export function stalledSource<T>(values: readonly T[]): ObservedSource<T> {
  const source = { items: undefined as unknown as AsyncIterable<T>, asked: 0, closed: 0, hasEnded: false };
  source.items = {
    [Symbol.asyncIterator]: () => ({
      next: () => {
        const value = values[source.asked++];
        return value === undefined ? new Promise<never>(() => {}) : Promise.resolve({ done: false as const, value });
      },
      return: async () => {
        source.closed++;
        return { done: true as const, value: undefined };
      },
    }),
  };
  return source;
}

/** 0, 1, 2, … without end. */
export function* naturals(): Generator<number, void, undefined> {
  for (let number = 0; ; number++) yield number;
}

import { OneByOne } from "./one-by-one.js";
import type { Feed, Receiver, Waiting } from "./receiver.js";

/** Reads all of them at the same time, and pushes their items as they come. Those that always have one take turns. */
export function mergeFeeds<T>(feeds: readonly Feed<T>[]): Feed<T> {
  return async (receiver) => {
    const inlet = new Inlet(receiver, feeds.length);
    await Promise.all(feeds.map((feed) => receiver.run.follow(() => feed(inlet))));
  };
}

/** Ends when all of its feeds have. */
class Inlet<T> extends OneByOne<T> {
  #feeds: number;

  constructor(next: Receiver<T>, feeds: number) {
    super(next);
    this.#feeds = feeds;
  }

  override end(): Waiting {
    return --this.#feeds > 0 ? undefined : super.end();
  }
}

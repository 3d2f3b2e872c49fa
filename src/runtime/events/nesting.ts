import { AsyncLocalStorage } from "node:async_hooks";

/** One event on its way through a handler of bounded concurrency. It waits in the queue until it is among the running. */
export class Delivery {
  /** The deliveries that hold the places of the same subscription. */
  readonly running: ReadonlySet<Delivery>;
  /** What its handler has published and may await: for each of these events, the deliveries that are not done. */
  readonly published = new Set<ReadonlySet<Delivery>>();

  constructor(running: ReadonlySet<Delivery>) {
    this.running = running;
  }

  /** What must end before this can. */
  get blockers(): Iterable<Delivery> {
    return this.running.has(this) ? [this] : this.running;
  }
}

/**
 * Knows in which delivery code runs, so that a handler that awaits an event which can only be handled after itself is
 * found. The storage is made by the first delivery of bounded concurrency: without one nothing can wait, and nothing costs.
 */
export class Nesting {
  #storage: AsyncLocalStorage<Delivery | undefined> | undefined;

  /** The delivery that this code runs in, or was begun in. */
  get current(): Delivery | undefined {
    return this.#storage?.getStore();
  }

  /** Runs work, and all that it begins, inside a delivery. */
  enter(delivery: Delivery, work: () => void): void {
    this.#storage ??= new AsyncLocalStorage();
    this.#storage.run(delivery, work);
  }

  /** Runs work that no delivery waits for. */
  leave(work: () => void): void {
    if (this.current) this.#storage!.run(undefined, work);
    else work();
  }
}

/** Can this running delivery never end, because what it published waits for itself, by whatever way? */
export function isDeadlocked(delivery: Delivery): boolean {
  const blocked = findReachable(delivery);
  let count: number;
  do {
    count = blocked.size;
    for (const each of blocked) if (!isBlocked(each, blocked)) blocked.delete(each);
  } while (blocked.size < count);
  return blocked.has(delivery);
}

function findReachable(start: Delivery): Set<Delivery> {
  const found = new Set([start]);
  for (const delivery of found) {
    for (const pending of delivery.published) {
      for (const { blockers } of pending) for (const blocker of blockers) found.add(blocker);
    }
  }
  return found;
}

function isBlocked({ published }: Delivery, blocked: ReadonlySet<Delivery>): boolean {
  for (const pending of published) {
    for (const { blockers } of pending) if ([...blockers].every((blocker) => blocked.has(blocker))) return true;
  }
  return false;
}

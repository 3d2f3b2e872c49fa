import type { CloudEvent } from "../events/cloud-event.js";
import { EventError } from "../events/errors.js";
import type { ListenOptions } from "../events/event-handler.js";
import type { EventOf, EventPattern } from "../events/registry.js";
import { checkPattern, listPatterns } from "../events/subscriber-index.js";
import { onAbort } from "../tasks/on-abort.js";

/** The events that an application has published so far, in order: `app.events` of a test. */
export interface RecordedEvents extends ReadonlyArray<EventOf<"*">> {
  /**
   * Those of a type or pattern.
   *
   * @throws EventError `INVALID_EVENT_TYPE`
   */
  of<Pattern extends EventPattern>(pattern: Pattern): EventOf<Pattern>[];

  /**
   * The first event of the type or pattern that `next` has not given for it before, as soon as there is one; it does not
   * matter whether it was published before the call. Rejects with the signal's reason, or with an `EventError`:
   * `INVALID_EVENT_TYPE`, or `EVENTS_CLOSED` when the application stops without it.
   */
  next<Pattern extends EventPattern>(pattern: Pattern, options?: ListenOptions): Promise<EventOf<Pattern>>;
}

/** What tells of each event at the moment of its publication: an event bus, or an application. */
interface EventSource {
  observe(observer: (event: CloudEvent) => void): unknown;
}

/** Records what is published from now on. Nobody waits for more once the application has `stopped`. */
export function recordEvents(source: EventSource, stopped: Promise<unknown>): RecordedEvents {
  const record = new EventRecord();
  source.observe((event) => record.add(event));
  const close = () => record.close();
  stopped.then(close, close);
  return record as unknown as RecordedEvents;
}

interface Reader {
  readonly pattern: string;
  readonly resolve: (event: CloudEvent) => void;
  readonly reject: (reason: unknown) => void;
}

class EventRecord extends Array<CloudEvent> {
  readonly #readers = new Set<Reader>();
  /** For each pattern, where the search for its next event begins. */
  readonly #positions = new Map<string, number>();
  #isClosed = false;

  /** What `map`, `filter` and the like give is a plain array. */
  static override get [Symbol.species]() {
    return Array;
  }

  add(event: CloudEvent): void {
    this.push(event);
    this.#serve();
  }

  close(): void {
    this.#isClosed = true;
    this.#serve();
  }

  of(pattern: string): CloudEvent[] {
    checkPattern(pattern);
    return this.filter(({ type }) => isMatch(type, pattern));
  }

  next(pattern: string, { signal }: ListenOptions = {}): Promise<CloudEvent> {
    let stopListening = () => {};
    const reading = new Promise<CloudEvent>((resolve, reject) => {
      checkPattern(pattern);
      signal?.throwIfAborted();
      const reader = { pattern, resolve, reject };
      stopListening = onAbort(signal, (reason) => this.#reject(reader, reason));
      this.#readers.add(reader);
      this.#serve();
    });
    reading.then(stopListening, stopListening);
    return reading;
  }

  #serve(): void {
    for (const reader of this.#readers) {
      const { pattern } = reader;
      const begin = this.#positions.get(pattern) ?? 0;
      const index = this.findIndex(({ type }, at) => at >= begin && isMatch(type, pattern));
      if (index >= 0) {
        this.#readers.delete(reader);
        this.#positions.set(pattern, index + 1);
        reader.resolve(this[index]!);
      } else if (this.#isClosed) {
        this.#reject(reader, stoppedWithout(pattern));
      }
    }
  }

  #reject(reader: Reader, reason: unknown): void {
    this.#readers.delete(reader);
    reader.reject(reason);
  }
}

function stoppedWithout(pattern: string): EventError {
  return new EventError(
    "EVENTS_CLOSED",
    `The application was stopped, and no further event "${pattern}" was published.`,
  );
}

function isMatch(type: string, pattern: string): boolean {
  return listPatterns(type).includes(pattern);
}

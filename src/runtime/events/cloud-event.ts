import { randomUUID } from "node:crypto";

/**
 * What handlers receive: a CloudEvents 1.0 envelope. It is a plain, frozen object that all handlers share; `data` is what
 * the publisher gave, neither copied nor frozen.
 *
 * @example
 * ```ts
 * import type { CloudEvent } from "@phasewise/runtime";
 *
 * export const describe = ({ type, source, time }: CloudEvent) => `${time} ${type} from ${source}`;
 * ```
 */
export interface CloudEvent<Data = unknown, Type extends string = string> {
  readonly specversion: "1.0";
  /** Unique for its source. */
  readonly id: string;
  /** The module that published it: `/modules/billing`. */
  readonly source: string;
  readonly type: Type;
  /** What the event is about, within its source. */
  readonly subject?: string;
  /** When it was published, as RFC 3339 writes it, in UTC. */
  readonly time: string;
  readonly datacontenttype: "application/json";
  readonly data: Data;
}

/** What an envelope is made of. */
export interface EventContent {
  readonly type: string;
  readonly data: unknown;
  readonly subject: string | undefined;
}

/** Makes envelopes. The text of the time costs more than the rest together, so events of one millisecond share it. */
export class EventFactory {
  #timeMs = NaN;
  #time = "";

  create(publisherId: string, { type, data, subject }: EventContent): CloudEvent {
    const source = `/modules/${publisherId}`;
    const time = this.#writeTime();
    return Object.freeze(
      subject === undefined
        ? { specversion: "1.0", id: randomUUID(), source, type, time, datacontenttype: "application/json", data }
        : {
            specversion: "1.0",
            id: randomUUID(),
            source,
            type,
            subject,
            time,
            datacontenttype: "application/json",
            data,
          },
    );
  }

  #writeTime(): string {
    const timeMs = Date.now();
    if (timeMs !== this.#timeMs) {
      this.#timeMs = timeMs;
      this.#time = new Date(timeMs).toISOString();
    }
    return this.#time;
  }
}

import { randomUUID } from "node:crypto";
import type { CloudEvent } from "../../events/cloud-event.js";
import { Result } from "../../results/result.js";
import { writeJson } from "../json-text.js";
import type { PublishMessageOptions } from "./pub-sub.js";
import { checkTopic } from "./topic.js";

/** A message as it is stored. */
export interface SealedMessage {
  readonly id: string;
  /** Must a message with the same id that came before take the place of this one? */
  readonly isIdempotent: boolean;
  /** Its CloudEvents envelope as JSON. */
  readonly text: string;
}

/** What the application says of its messages. */
export interface MessageOrigin {
  /** The `source` of its events, such as `/shop`. */
  readonly source: string;
  /** How large a message may be, in bytes of its envelope. */
  readonly maxBytes: number;
}

/** Puts data into an envelope, if all of it is as it must be. */
export function sealMessage(
  topic: string,
  data: unknown,
  { id, subject }: PublishMessageOptions,
  { source, maxBytes }: MessageOrigin,
): Result<SealedMessage, "INVALID_TOPIC" | "INVALID_OPTION" | "NOT_SERIALIZABLE" | "TOO_LARGE"> {
  const checked = checkTopic(topic);
  if (!checked.success) return checked;
  if (id !== undefined && !/^[\x21-\x7e]{1,128}$/.test(id)) {
    return Result.error("INVALID_OPTION", "The id of a message is 1 to 128 visible characters of ASCII.");
  }
  if (subject !== undefined && (subject === "" || subject.length > 512)) {
    return Result.error("INVALID_OPTION", "The subject of a message is 1 to 512 characters.");
  }
  const written = writeJson(data);
  if (!written.success) return written;
  const event: CloudEvent = {
    specversion: "1.0",
    id: id ?? randomUUID(),
    source,
    type: topic,
    ...(subject === undefined ? {} : { subject }),
    time: new Date().toISOString(),
    datacontenttype: "application/json",
    data,
  };
  const text = JSON.stringify(event);
  const bytes = Buffer.byteLength(text);
  if (bytes > maxBytes) return Result.error("TOO_LARGE", `The message takes ${bytes} bytes; ${maxBytes} are allowed.`);
  return Result.success({ id: event.id, isIdempotent: id !== undefined, text });
}

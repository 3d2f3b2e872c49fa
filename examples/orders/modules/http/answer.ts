import type { Result } from "@phasewise/runtime";
import type { FastifyReply } from "fastify";

/** What the client can do something about, and what may be different the next time. Everything else is 500. */
const statusCodes: Readonly<Record<string, number>> = {
  INVALID_ORDER: 400,
  NOT_FOUND: 404,
  SERIALIZATION_FAILED: 503,
  NOT_INITIALIZED: 503,
  UNAVAILABLE: 503,
  TIMED_OUT: 503,
};

/** Answers with the data, or with the code of the failure. Its message is told only where the client is to blame. */
export function answer(reply: FastifyReply, result: Result<unknown>, successCode: number): FastifyReply {
  if (result.success) return reply.code(successCode).send(result.data);
  const { code, message } = result.error;
  const statusCode = statusCodes[code] ?? 500;
  return reply.code(statusCode).send(statusCode < 500 ? { code, message } : { code });
}

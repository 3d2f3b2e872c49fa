import type { Readable } from "node:stream";
import { Result } from "../results/result.js";
import { getIssuePath, type StandardSchema } from "../settings/schema.js";
import { badJson, badResponse } from "./failures.js";
import { findHeader, type HttpAnswer, type HttpBodies, type HttpResponse } from "./http-response.js";
import type { HttpRequest } from "./http-request.js";

/** What the body of an answer is to be read as. */
export interface BodyChoice {
  readonly as: keyof HttpBodies;
  readonly schema: StandardSchema | undefined;
}

/** The answer with its body as it was asked for. */
export async function readBody(
  request: HttpRequest,
  answer: HttpAnswer,
  { as, schema }: BodyChoice,
): Promise<Result<HttpResponse, "BAD_JSON" | "BAD_RESPONSE">> {
  const { body } = answer;
  if (as === "stream" || as === "bytes" || !Buffer.isBuffer(body)) return Result.success(answer);

  const encoding = findHeader(answer.headers, "content-encoding") ?? "identity";
  if (encoding !== "identity") return badResponse(request, answer, [`the body is encoded as ${encoding}: read bytes`]);
  const text = body.toString("utf8").replace(/^\ufeff/, "");
  if (as === "text") return Result.success({ ...answer, body: text });

  const value = parseJson(text);
  if (!value.success) return badJson(request, answer, value.error.cause);
  const outcome = schema ? await schema["~standard"].validate(value.data) : { value: value.data };
  if (!outcome.issues) return Result.success({ ...answer, body: outcome.value });
  const problems = outcome.issues.map((issue) => [...getIssuePath(issue), issue.message].join(": "));
  return badResponse(request, answer, problems);
}

function parseJson(text: string): Result<unknown, "BAD_JSON"> {
  if (text === "") return Result.success(undefined);
  try {
    return Result.success(JSON.parse(text));
  } catch (cause) {
    return Result.error("BAD_JSON", "", { cause });
  }
}

import { S3ServiceException } from "@aws-sdk/client-s3";
import { type Failure, Result } from "@phasewise/runtime";
import { BodyError } from "@phasewise/runtime/platform";

type S3FailureCode = "NOT_FOUND" | "FORBIDDEN" | "CHECKSUM_MISMATCH" | "BODY_FAILED";

const codes: Readonly<Record<string, S3FailureCode>> = {
  NotFound: "NOT_FOUND",
  NoSuchKey: "NOT_FOUND",
  AccessDenied: "FORBIDDEN",
  InvalidAccessKeyId: "FORBIDDEN",
  SignatureDoesNotMatch: "FORBIDDEN",
  BadDigest: "CHECKSUM_MISMATCH",
  XAmzContentSHA256Mismatch: "CHECKSUM_MISMATCH",
};

/** Runs a request; what the server, or the body, answers with a meaning becomes a Failure, and the rest is thrown on. */
export async function withS3Failures<T>(request: () => Promise<T>): Promise<Result<T, S3FailureCode>> {
  try {
    return Result.success(await request());
  } catch (error) {
    return failureOf(error);
  }
}

function failureOf(error: unknown): Failure<S3FailureCode> {
  if (error instanceof BodyError) return Result.error("BODY_FAILED", error.message, { cause: error.cause });
  if (!(error instanceof S3ServiceException)) throw error;
  const code = codes[error.name] ?? (error.$metadata.httpStatusCode === 403 ? "FORBIDDEN" : undefined);
  if (code === undefined) throw error;
  return Result.error(code, error.message || error.name, { cause: error });
}

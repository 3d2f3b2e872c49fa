import { createHmac, timingSafeEqual } from "node:crypto";
import { type Failure, Result, type Success } from "@phasewise/runtime";
import { parseObjectKey, type SignedUrlOptions } from "@phasewise/runtime/platform";

/** What a signed URL allows. */
export interface SignedAccess {
  readonly key: string;
  readonly method: "GET" | "PUT";
}

/** Signs and checks URLs: what is signed is the method, the end of its time, and the key. */
export class UrlSigner {
  readonly #publicUrl: string;
  readonly #signingKey: string;

  constructor(publicUrl: string, signingKey: string) {
    this.#publicUrl = new URL(publicUrl.replace(/\/*$/, "/")).href;
    this.#signingKey = signingKey;
  }

  sign(key: string, { method, expiresInMs }: SignedUrlOptions): string {
    const url = new URL(this.#publicUrl + key.split("/").map(encodeURIComponent).join("/"));
    const expires = String(Date.now() + expiresInMs);
    url.search = String(new URLSearchParams({ method, expires, signature: this.#signatureOf(method, expires, key) }));
    return url.href;
  }

  /** What the URL of a request allows, or `FORBIDDEN`: it was not signed here, or for another method, or its time has ended. */
  verify(url: string, requested: string): Success<SignedAccess> | Failure<"FORBIDDEN"> {
    const refused = Result.error("FORBIDDEN", "the URL is not signed for that, or has expired");
    if (!URL.canParse(url)) return refused;
    const { href, pathname, searchParams } = new URL(url);
    if (!href.startsWith(this.#publicUrl)) return refused;
    const key = decode(pathname.slice(new URL(this.#publicUrl).pathname.length));
    const [method, expires, signature] = ["method", "expires", "signature"].map((name) => searchParams.get(name) ?? "");
    if ((method !== "GET" && method !== "PUT") || method !== requested) return refused;
    if (!parseObjectKey(key).success || !(Number(expires) > Date.now())) return refused;
    return isSame(signature ?? "", this.#signatureOf(method, expires ?? "", key))
      ? Result.success({ key, method })
      : refused;
  }

  #signatureOf(method: string, expires: string, key: string): string {
    return createHmac("sha256", this.#signingKey).update(`${method}\n${expires}\n${key}`).digest("base64url");
  }
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return "";
  }
}

function isSame(given: string, expected: string): boolean {
  const [left, right] = [Buffer.from(given), Buffer.from(expected)];
  return left.byteLength === right.byteLength && timingSafeEqual(left, right);
}

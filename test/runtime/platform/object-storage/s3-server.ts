import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import S3rver from "s3rver";

/** A server that speaks the S3 protocol, with the bucket `objects`. It knows keys of access, and does not check signatures. */
export interface S3Server extends AsyncDisposable {
  readonly url: string;
  /** What the adapter is set to. */
  readonly settings: Readonly<Record<string, string>>;
  /** Where the SDK finds the credentials. */
  readonly environment: Readonly<Record<string, string>>;
}

interface Page {
  readonly prefix?: string;
  readonly startAfter?: string;
  readonly maxKeys?: number;
}

/** What is used of where the server keeps its objects. */
interface Store {
  listObjects(bucket: string, page: Page): Promise<{ readonly objects: readonly { readonly key: string }[] }>;
}

export async function startS3(): Promise<S3Server> {
  const directory = await mkdtemp(join(tmpdir(), "s3-"));
  const server = new S3rver({
    address: "127.0.0.1",
    port: 0,
    silent: true,
    directory,
    configureBuckets: [{ name: "objects", configs: [] }],
  });
  listInOrder((server as unknown as { store: Store }).store);
  const { port } = await server.run();
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    environment: { AWS_ACCESS_KEY_ID: "S3RVER", AWS_SECRET_ACCESS_KEY: "S3RVER" },
    settings: { endpoint: url, accessKeyId: "S3RVER", secretAccessKey: "S3RVER" },
    async [Symbol.asyncDispose]() {
      await server.close();
      await rm(directory, { recursive: true });
    },
  };
}

/**
 * The server lists in the order of its folders, and fails where there is none; S3 lists in the order of the keys' bytes. Its
 * tokens for the next page need a cipher that OpenSSL does not have any more, so it must not be asked for one: it looks
 * whether there is a next page for the token first, and then to say so.
 */
function listInOrder(store: Store): void {
  const listAll = store.listObjects.bind(store);
  store.listObjects = async (bucket, { prefix = "", startAfter = "", maxKeys = Infinity }) => {
    const { objects } = await listAll(bucket, {});
    const found = objects
      .filter(({ key }) => key.startsWith(prefix) && compare(key, startAfter) > 0)
      .toSorted((left, right) => compare(left.key, right.key));
    let looks = 0;
    return {
      objects: found.slice(0, maxKeys),
      commonPrefixes: [],
      get isTruncated() {
        return ++looks > 1 && found.length > maxKeys;
      },
    };
  };
}

function compare(left: string, right: string): number {
  return Buffer.compare(Buffer.from(left), Buffer.from(right));
}

import { connect } from "node:net";

const defaultUrls = {
  postgres: "postgres://postgres@127.0.0.1:5432/test",
  redis: "redis://127.0.0.1:6379",
  nats: "nats://127.0.0.1:4222",
};

/** A server that tests of an adapter need. */
export type ServerKind = keyof typeof defaultUrls;

/**
 * Where the server is: by `PHASEWISE_POSTGRES_URL`, `PHASEWISE_REDIS_URL` or `PHASEWISE_NATS_URL`, or else at its usual port
 * of this machine; or the reason for which its tests are left out.
 *
 * @throws Error in place of the reason when `PHASEWISE_REQUIRE_SERVICES` is 1.
 */
export async function findServer(kind: ServerKind): Promise<{ url: string } | { missing: string }> {
  const variable = `PHASEWISE_${kind.toUpperCase()}_URL`;
  const url = process.env[variable] ?? defaultUrls[kind];
  const { hostname, port } = new URL(url);
  if (await answers(hostname, Number(port || new URL(defaultUrls[kind]).port))) return { url };
  const missing = `no ${kind} answers at ${hostname}:${port}; start one, or set ${variable}`;
  if (process.env["PHASEWISE_REQUIRE_SERVICES"] === "1") throw new Error(missing);
  return { missing };
}

function answers(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 2_000 });
    const settle = (isThere: boolean) => {
      socket.destroy();
      resolve(isThere);
    };
    socket.once("connect", () => settle(true));
    socket.once("timeout", () => settle(false));
    socket.once("error", () => settle(false));
  });
}

import type { IncomingMessage, ServerResponse } from "node:http";
import { startServer, type TestServer, textOf } from "../../http/test-server.js";

/** What speaks Vault's HTTP API: version 2 of the key-value engine, tokens and roles. */
export interface VaultServer extends TestServer {
  /** The texts by path below the mount. */
  readonly values: Map<string, string>;
  /** The tokens that it takes. */
  readonly tokens: Set<string>;
  /** How many seconds a new or renewed token lives. */
  leaseSeconds: number;
  isSealed: boolean;
  logins: number;
  renewals: number;
}

/** A role `r-1` with the secret `s-1` may log in; the token `root` is there from the beginning. */
export async function startVault(): Promise<VaultServer> {
  const server = await startServer((request, response) => answer(vault, request, response));
  const vault: VaultServer = Object.assign(server, {
    values: new Map<string, string>(),
    tokens: new Set(["root"]),
    leaseSeconds: 60,
    isSealed: false,
    logins: 0,
    renewals: 0,
  });
  return vault;
}

async function answer(vault: VaultServer, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const send = (status: number, body: object = {}) => response.writeHead(status).end(JSON.stringify(body));
  const { pathname } = new URL(request.url ?? "", vault.url);
  const body = (JSON.parse((await textOf(request)) || "null") ?? {}) as Record<string, unknown>;
  if (pathname === "/v1/sys/health") return void send(vault.isSealed ? 503 : 200);
  if (vault.isSealed) return void send(503, { errors: ["Vault is sealed"] });
  if (pathname === "/v1/auth/approle/login") {
    const isKnown = body["role_id"] === "r-1" && body["secret_id"] === "s-1";
    return void (isKnown ? send(200, grant(vault, `t-${++vault.logins}`)) : send(400, { errors: ["invalid role"] }));
  }
  const token = String(request.headers["x-vault-token"]);
  if (!vault.tokens.has(token)) return void send(403, { errors: ["permission denied"] });
  if (pathname === "/v1/auth/token/lookup-self") return void send(200, { data: { ttl: 0, renewable: false } });
  if (pathname === "/v1/auth/token/renew-self") {
    vault.renewals++;
    return void send(200, grant(vault, token));
  }
  const [, kind, path] = /^\/v1\/secret\/(data|metadata)\/([\w/.-]+)$/.exec(pathname) ?? [];
  if (kind === undefined || path === undefined || path.includes("forbidden")) return void send(403);
  if (request.method === "PUT") vault.values.set(path, (body["data"] as { value: string }).value);
  if (request.method === "DELETE") vault.values.delete(path);
  const value = vault.values.get(path);
  if (request.method === "GET" && value === undefined) return void send(404, { errors: [] });
  send(200, { data: { data: { value }, metadata: { version: 1 } } });
}

function grant(vault: VaultServer, token: string): object {
  vault.tokens.add(token);
  return { auth: { client_token: token, lease_duration: vault.leaseSeconds, renewable: true } };
}

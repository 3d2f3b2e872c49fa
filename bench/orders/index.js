import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { readOptions } from "../options.js";
import { formatFigure, formatNumber, printReport } from "../report.js";
import { measureInRounds } from "../rounds.js";
import { medianRatio, summarize } from "../series.js";
import { openGround } from "./ground.js";
import { loadServer, percentile } from "./http-load.js";
import { ServerProcess } from "./server-process.js";

const example = fileURLToPath(new URL("../../examples/orders", import.meta.url));
const main = join(example, "dist/src/main.js");
const bare = fileURLToPath(new URL("bare-server.js", import.meta.url));
const connections = 16;
/** What has the same features, and is compared with. */
const traced = "bare libraries, traced";

const options = readOptions();
const tsc = join(dirname(createRequire(import.meta.url).resolve("@typescript/native/package.json")), "bin/tsc");
await promisify(execFile)(process.execPath, [tsc, "-p", example]);

const ground = await openGround();
const compared = await compareLayers();
const setUps = await measureSetUps();
await ground.remove();

printReport(
  {
    bench: "orders",
    tables: [
      {
        title: `The cost of the layers: one process, ${connections} connections, PostgreSQL and Redis`,
        columns: ["request", "case", "1/s", "µs of processor", "throughput × Phasewise"],
        rows: compared.flatMap(({ name, sides }) =>
          sides.map(({ side, perSecond, cpuUs, ratio }) => [
            name,
            side,
            formatFigure(summarize(perSecond)),
            formatFigure(summarize(cpuUs)),
            formatNumber(ratio),
          ]),
        ),
      },
      {
        title: "The application, with outbox, messages and shipping",
        columns: ["set-up", "request", "1/s", "p50, ms", "p95, ms", "p99, ms"],
        rows: setUps.map(({ name, request, load: { perSecond, latenciesMs } }) => [
          name,
          request,
          formatNumber(perSecond),
          ...[0.5, 0.95, 0.99].map((share) => formatNumber(percentile(latenciesMs, share))),
        ]),
      },
    ],
    figures: { compared, setUps: setUps.map(({ load, ...setUp }) => ({ ...setUp, perSecond: load.perSecond })) },
    targets: compared.flatMap(({ name, sides }) =>
      sides
        .filter(({ side }) => side === traced)
        .map(({ side, ratio }) => ({ name: `${name}, throughput of ${side}`, value: ratio, limit: 1.1, unit: "×" })),
    ),
  },
  options,
);

/** The same two requests, answered by the application and by the bare libraries in turns. Nothing is relayed meanwhile. */
async function compareLayers() {
  const env = { ...ground.env, PHASEWISE_ORDERS__RELAY_PAUSE_MS: "86400000" };
  const cases = [
    { side: "Phasewise", server: await ServerProcess.start([main, "--servers", "--role", "front"], env) },
    { side: traced, server: await ServerProcess.start([bare, "--traced"], env) },
    { side: "bare libraries", server: await ServerProcess.start([bare], env) },
  ];
  const id = await placeShipped(cases[0]?.server.address ?? "");
  const requests = [
    { name: "POST /orders", ...placing(500) },
    { name: "GET /orders/:id", ...finding(id, 3_000) },
  ];
  const compared = [];
  for (const { name, ...request } of requests) {
    const measured = await measureInRounds(cases, options.rounds(7), ({ server }) => measure(server, request), 2);
    const own = measured[0]?.measured.map(({ perSecond }) => perSecond) ?? [];
    const sides = measured.map(({ subject: { side }, measured: turns }) => {
      const perSecond = turns.map((turn) => turn.perSecond);
      return { side, perSecond, cpuUs: turns.map(({ cpuUs }) => cpuUs), ratio: medianRatio(perSecond, own) };
    });
    compared.push({ name, sides });
  }
  for (const { server } of cases) await server.stop();
  return compared;
}

/** @param {ServerProcess} server @param {import("./http-load.js").Requests} requests */
async function measure(server, requests) {
  const beforeMs = await server.cpuMs();
  const { perSecond } = await loadServer(server.address, requests);
  return { perSecond, cpuUs: (((await server.cpuMs()) - beforeMs) * 1_000) / requests.count };
}

async function measureSetUps() {
  const setUps = [
    { name: "embedded, one process", commands: [[main]] },
    { name: "servers, one process", commands: [[main, "--servers"]] },
    {
      name: "servers, two of each kind",
      commands: ["front", "shipping", "front", "shipping"].map((role) => [main, "--servers", "--role", role]),
    },
  ];
  const measured = [];
  for (const { name, commands } of setUps) {
    const servers = await Promise.all(commands.map((command) => ServerProcess.start(command, ground.env)));
    const addresses = servers.map(({ address }) => address).filter((address) => address !== "");
    const posts = await loadAll(addresses, () => placing(1_000));
    const [address = ""] = addresses;
    const id = await placeAndWait(address);
    const gets = await loadAll(addresses, () => finding(id, 3_000));
    measured.push({ name, request: "POST /orders", load: posts }, { name, request: "GET /orders/:id", load: gets });
    await Promise.all(servers.map((server) => server.stop()));
  }
  return measured;
}

/** @param {readonly string[]} addresses @param {() => import("./http-load.js").Requests} make */
async function loadAll(addresses, make) {
  const loads = await Promise.all(addresses.map((address) => loadServer(address, make())));
  return {
    perSecond: loads.reduce((sum, { perSecond }) => sum + perSecond, 0),
    latenciesMs: loads.flatMap(({ latenciesMs }) => latenciesMs).sort((a, b) => a - b),
  };
}

/** @param {number} count */
function placing(count) {
  const body = JSON.stringify({ customer: "ada", article: "teapot", quantity: 2 });
  const headers = { "content-type": "application/json" };
  const make = () => ({ method: /** @type {const} */ ("POST"), path: "/orders", headers, body });
  return { count, connections, statusCode: 201, make };
}

/** @param {string} id @param {number} count */
function finding(id, count) {
  const make = () => ({ method: /** @type {const} */ ("GET"), path: `/orders/${id}` });
  return { count, connections, statusCode: 200, make };
}

/** @param {string} address */
async function place(address) {
  const { body, headers } = placing(1).make();
  const response = await fetch(`${address}/orders`, { method: "POST", headers, body });
  return /** @type {{ id: string }} */ (await response.json()).id;
}

/** An order that is shipped, so that both keep it in the cache. @param {string} address */
async function placeShipped(address) {
  const id = await place(address);
  await ground.client.query("UPDATE orders SET shipped_at = now() WHERE id = $1", [id]);
  await ground.client.query("INSERT INTO shipments VALUES ($1, 'bench')", [id]);
  return id;
}

/** Settles when what was placed before is shipped as well. @param {string} address */
async function placeAndWait(address) {
  const id = await place(address);
  while (true) {
    const response = await fetch(`${address}/orders/${id}`);
    const { shippedAt } = /** @type {{ shippedAt: string | null }} */ (await response.json());
    if (shippedAt !== null) return id;
  }
}

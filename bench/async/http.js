// @ts-nocheck The peers are installed in bench/ only.
import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { HttpClient } from "@phasewise/runtime/http";
import { Agent, request } from "undici";
import { measureOperations } from "../micro.js";
import { compareWithPeers, toCells } from "../series.js";

/*
 * In each case so many users ask a server on this machine, in a thread of its own, for a small JSON value, and add up what it
 * holds. The client has its time limit, its size limit and its retries, as it comes. Of the others, one has a time limit.
 */

const server = `
  const { createServer } = require("node:http");
  const { parentPort } = require("node:worker_threads");
  const server = createServer((_, response) => {
    response.setHeader("content-type", "application/json");
    response.end('{"id":1,"name":"invoice","items":[{"cents":1250},{"cents":300}]}');
  });
  server.listen(0, "127.0.0.1", () => parentPort.postMessage(server.address().port));
`;

const prepareUndici = (getOptions) => {
  const dispatcher = new Agent({ connections: 64 });
  const ask = async (url) => {
    const { statusCode, body } = await request(url, { dispatcher, ...getOptions() });
    if (statusCode !== 200) throw new Error(String(statusCode));
    return body.json();
  };
  return { ask, close: () => dispatcher.close() };
};

function prepareClient() {
  const client = new HttpClient();
  const ask = async (url) => {
    const answer = await client.get(url);
    if (!answer.success) throw new Error(answer.error.message);
    return answer.data.body;
  };
  return { ask, close: () => client.close() };
}

function prepareFetch() {
  const ask = async (url) => {
    const response = await fetch(url);
    if (!response.ok) throw new Error(String(response.status));
    return response.json();
  };
  return { ask, close: async () => {} };
}

const prepareCases = () => [
  { name: "phasewise HttpClient", kind: "own", ...prepareClient() },
  { name: "undici request", kind: "bound", ...prepareUndici(() => ({})) },
  {
    name: "undici request, time limit",
    kind: "bound",
    ...prepareUndici(() => ({ signal: AbortSignal.timeout(30_000) })),
  },
  { name: "fetch of Node", kind: "peer", ...prepareFetch() },
];

/** So many requests by so many users, each of whom asks again when the answer is there. */
const inTurns = (users, url, ask) => async (count) => {
  let left = count;
  let sum = 0;
  const visit = async () => {
    while (left-- > 0) {
      const { id } = await ask(url);
      sum += id;
    }
  };
  await Promise.all(Array.from({ length: users }, visit));
  return sum;
};

/**
 * Measures what a request costs, by one user and by many at a time.
 *
 * @param {ReturnType<typeof import("../options.js").readOptions>} options
 */
export async function measureHttp(options) {
  const worker = new Worker(server, { eval: true });
  const [port] = await once(worker, "message");
  const url = `http://127.0.0.1:${port}/invoices/1`;
  const prepared = prepareCases().filter((subject) => subject.kind === "own" || options.hasCase(subject));

  const measured = [];
  for (const users of [1, 32]) {
    const cases = prepared.map(({ name, kind, ask }) => ({ name, kind, run: inTurns(users, url, ask) }));
    const series = await measureOperations(cases, { rounds: options.rounds(15), sumOf: (count) => count });
    measured.push({ users, series });
  }
  await Promise.all(prepared.map(({ close }) => close()));
  await worker.terminate();

  return {
    tables: measured.map(({ users, series }) => ({
      title: `A request for JSON, ${users === 1 ? "one" : users} at a time`,
      columns: ["case", "ns", "× phasewise"],
      rows: series.map(({ name }) => [name, ...toCells(name, series)]),
    })),
    figures: measured,
    targets: measured.flatMap(({ users, series }) => compareWithPeers(`a request, ${users} at a time`, series)),
  };
}

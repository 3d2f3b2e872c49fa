import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { root } from "../repository/repository.js";
import { expectShipped, placeOrder, postOrder } from "./orders-client.js";
import { OrdersLoad } from "./orders-load.js";
import { main, OrdersProcess } from "./orders-process.js";
import { missing, openServers } from "./orders-servers.js";
import { SpanCollector } from "./span-collector.js";

type Servers = Awaited<ReturnType<typeof openServers>>;
type Settings = Readonly<Record<string, string>>;

const run = promisify(execFile);
const reason = missing === undefined ? "" : ` (left out: ${missing})`;

/** What the demonstration prints. Its command compiles the application as well, for all tests. */
let demonstration: string;
beforeAll(async () => {
  const env = { ...process.env, PHASEWISE_HTTP__PORT: "0" };
  const { stdout } = await run(process.execPath, ["scripts/example.mjs", "orders", "--demo"], { cwd: root, env });
  demonstration = stdout;
});

describe("the application, with what runs in its process,", () => {
  it("shows by one command what it can do", async () => {
    expect(demonstration.trim().split("\n")).toEqual([
      "accepted: 2 × teapot",
      "accepted: 2 × kettle",
      "accepted: 2 × cup",
      "shipped: teapot",
      "shipped: kettle",
      "shipped: cup",
    ]);
  });

  it("accepts orders over HTTP, ships them, and stops when it is told to", async () => {
    await using application = await OrdersProcess.start([]);
    const { address } = application;
    const order = await placeOrder(address);
    await expectShipped(address, order);
    expect(await getJson(`${address}/orders/${order.id}`)).toMatchObject([200, { id: order.id }]);
    expect(await getJson(`${address}/orders?customer=ada`)).toMatchObject([200, [{ id: order.id }]]);
    expect(await getJson(`${address}/orders?customer=bob`)).toEqual([200, []]);
    expect(await getJson(`${address}/health`)).toMatchObject([
      200,
      { database: { isUp: true }, cache: { isUp: true } },
    ]);

    const refused = await postOrder(address, { customer: "ada", article: "teapot", quantity: 0 });
    expect([refused.status, await refused.json()]).toMatchObject([400, { code: "INVALID_ORDER" }]);
    for (const id of ["nope", "00000000-0000-4000-8000-000000000000", "%00", "..%2F..", "__proto__"]) {
      expect(await getJson(`${address}/orders/${id}`)).toMatchObject([404, { code: "NOT_FOUND" }]);
    }
    expect(await application.end("SIGTERM")).toBe(0);
  });

  it.each([
    [["--role", "back", "--servers"], "There is no such role"],
    [["--role", "front"], "needs --servers"],
    [["--nope"], "Unknown option"],
  ])("refuses %j", async (args, message) => {
    await expect(run(process.execPath, [main, ...args])).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining(message) as string,
    });
  });
});

describe.skipIf(missing)(`the application, in several processes,${reason}`, () => {
  it("accepts orders in one, and ships them in another, in one trace", async () => {
    await using servers = await openServers();
    await using collector = await SpanCollector.start();
    const settings = { PHASEWISE_CORE_TRACER__URL: collector.url, PHASEWISE_CORE_TRACER__SAMPLE_RATIO: "1" };
    await using front = await startFront(servers, settings);
    const early = await placeOrder(front.address);
    await using shipping = await startShipping(servers, "shipping-a", settings);
    // What was placed before anybody subscribed is shipped without a message, and so without its trace.
    await expectShipped(front.address, early);
    await expectShipped(front.address, await placeOrder(front.address));
    const traceId = "0af7651916cd43dd8448eb211c80319c";
    const order = await placeOrder(front.address, { traceparent: `00-${traceId}-b7ad6b7169203331-01` });
    await expectShipped(front.address, order);

    expect(await front.end("SIGTERM")).toBe(0);
    expect(await shipping.end("SIGTERM")).toBe(0);
    expect(collector.namesOf(traceId)).toEqual(expect.arrayContaining(["POST /orders", "shipping.ship"]));
  });

  it("loses nothing when the one that ships is stopped in the midst of it, and another one comes", async () => {
    await using servers = await openServers();
    await using front = await startFront(servers);
    await using shippingA = await startShipping(servers, "shipping-a");

    const load = new OrdersLoad([front.address]);
    const running = load.run(100);
    await load.reaches(50);
    expect(await shippingA.end("SIGTERM")).toBe(0);
    await running;
    await using _shippingB = await startShipping(servers, "shipping-b");

    await expectAllShipped(servers, load.accepted);
    expect(await front.end("SIGTERM")).toBe(0);
  });

  it("shares the work among two of each kind, and loses nothing when one of each kind is killed", async () => {
    await using servers = await openServers();
    await using frontA = await startFront(servers);
    const starting = [startFront(servers), startShipping(servers, "shipping-a"), startShipping(servers, "shipping-b")];
    await using frontB = await starting[0]!;
    await using shippingA = await starting[1]!;
    await using _shippingB = await starting[2]!;

    const load = new OrdersLoad([frontA.address, frontB.address]);
    const running = load.run(200);
    await load.reaches(50);
    await expectShippers(servers, ["shipping-a", "shipping-b"]);
    await shippingA.end("SIGKILL");
    await load.reaches(125);
    await frontA.end("SIGKILL");
    await running;

    await expectAllShipped(servers, load.accepted);
  });
});

async function getJson(url: string): Promise<[number, unknown]> {
  const response = await fetch(url, { signal: AbortSignal.timeout(20_000) });
  return [response.status, await response.json()];
}

function startFront(servers: Servers, settings: Settings = {}): Promise<OrdersProcess> {
  return OrdersProcess.start(["--servers", "--role", "front"], { ...servers.settings, ...settings });
}

function startShipping(servers: Servers, name: string, settings: Settings = {}): Promise<OrdersProcess> {
  const own = { ...servers.settings, PHASEWISE_SHIPPING__NAME: name, ...settings };
  return OrdersProcess.start(["--servers", "--role", "shipping"], own);
}

async function expectShippers(servers: Servers, names: readonly string[]): Promise<void> {
  const sql = "SELECT DISTINCT shipped_by AS name FROM shipments ORDER BY name";
  const list = async () => (await servers.query<{ name: string }>(sql)).map(({ name }) => name);
  await vi.waitFor(async () => expect(await list()).toEqual(names), { timeout: 20_000 });
}

/** Every order that the database has, those that were answered with 201 among them, has one shipment in the end. */
async function expectAllShipped(servers: Servers, accepted: readonly string[]): Promise<void> {
  const sql = `SELECT id, shipped_at IS NOT NULL AND shipped_by IS NOT NULL AS "isShipped"
    FROM orders LEFT JOIN shipments ON order_id = id`;
  await vi.waitFor(
    async () => {
      const rows = await servers.query<{ id: string; isShipped: boolean }>(sql);
      expect(rows.filter(({ isShipped }) => !isShipped)).toEqual([]);
      const ids = new Set(rows.map(({ id }) => id));
      expect(ids.size).toBe(rows.length);
      expect(accepted.filter((id) => !ids.has(id))).toEqual([]);
    },
    { timeout: 20_000, interval: 100 },
  );
}

import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { describe, expect, it } from "vitest";
import { FaultProxy } from "./fault-proxy.js";

async function openEcho() {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {}).pipe(socket);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `echo://127.0.0.1:${(server.address() as AddressInfo).port}/x`;
  return {
    url,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}

async function echo(socket: Socket, text: string): Promise<string> {
  socket.write(text);
  const [data] = (await once(socket, "data")) as [Buffer];
  return data.toString();
}

const closeOf = (socket: Socket) => new Promise<void>((resolve) => void socket.once("close", () => resolve()));

describe("the fault proxy", () => {
  it("lets bytes pass both ways, late when it is told so", async () => {
    await using server = await openEcho();
    await using proxy = await FaultProxy.open(server.url);
    expect(proxy.through(server.url)).toBe(`echo://127.0.0.1:${proxy.port}/x`);
    const client = connect(proxy.port, "127.0.0.1");
    expect(await echo(client, "one")).toBe("one");

    proxy.delay(20);
    const begunMs = performance.now();
    expect(await echo(client, "two")).toBe("two");
    expect(performance.now() - begunMs).toBeGreaterThan(35);
    expect(proxy.connections).toBe(1);
  });

  it("resets connections while it is cut, and takes new ones when it is restored", async () => {
    await using server = await openEcho();
    await using proxy = await FaultProxy.open(server.url);
    const first = connect(proxy.port, "127.0.0.1").on("error", () => {});
    expect(await echo(first, "one")).toBe("one");
    const closed = closeOf(first);
    proxy.cut();
    await closed;

    const second = connect(proxy.port, "127.0.0.1").on("error", () => {});
    await closeOf(second);

    proxy.restore();
    expect(await echo(connect(proxy.port, "127.0.0.1"), "three")).toBe("three");
  });

  it("swallows bytes, and resets what has lost some when it is restored", async () => {
    await using server = await openEcho();
    await using proxy = await FaultProxy.open(server.url);
    const client = connect(proxy.port, "127.0.0.1").on("error", () => {});
    expect(await echo(client, "one")).toBe("one");
    proxy.drop();
    const answers: unknown[] = [];
    client.on("data", (data) => answers.push(data));
    const closed = closeOf(client);
    client.write("two", () => proxy.restore());
    await closed;
    expect(answers).toEqual([]);
  });
});

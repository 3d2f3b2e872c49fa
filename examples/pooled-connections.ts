// Asks a server 20 questions over 3 connections. One of these breaks on the way, and another one takes its place.
import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { settleAll } from "@phasewise/runtime";
import { ResourcePool } from "@phasewise/runtime/resources";

let connections = 0;
const server = createServer((socket) => {
  connections++;
  socket.on("data", (chunk) => {
    const question = Number(chunk);
    if (question === 7) socket.destroy();
    else socket.write(`${question ** 2}`);
  });
}).listen(0, "127.0.0.1");
await once(server, "listening");
const { port } = server.address() as AddressInfo;

const pool = new ResourcePool({
  max: 3,
  acquireTimeoutMs: 1_000,
  async create(signal) {
    const socket = connect(port, "127.0.0.1").setEncoding("utf8");
    await once(socket, "connect", { signal });
    return socket;
  },
  validate: (socket) => socket.readyState === "open",
  async destroy(socket) {
    socket.destroy();
  },
});

async function ask(socket: Socket, question: number): Promise<number> {
  socket.write(`${question}`);
  const [answer] = (await Promise.race([
    once(socket, "data"),
    once(socket, "close").then(() => Promise.reject(new Error("the connection broke"))),
  ])) as [string];
  return Number(answer);
}

const questions = Array.from({ length: 20 }, (_, index) => index);
const answers = await settleAll(questions.map((question) => pool.use((socket) => ask(socket, question))));

for (const [question, answer] of answers.entries()) {
  if (!answer.success) console.log(`${question}: ${answer.error.code}, ${answer.error.message}`);
  else if (answer.data !== question ** 2) console.log(`${question}: ${answer.data} is wrong`);
}
console.log(`${answers.filter(({ success }) => success).length} answers over ${connections} connections`);

await pool.close();
console.log(`${pool.stats.size} connections left`);
server.close();

// Reads orders line by line, throws out what is no order, and stores the others in batches, two batches at a time.
import { sleep } from "@phasewise/runtime";
import { batch, filter, map, mapConcurrent, pipeline } from "@phasewise/runtime/streams";

interface Order {
  readonly id: string;
  readonly cents: number;
}

/** What a file or a socket would give, one line after another. */
async function* readLines(count: number): AsyncGenerator<string> {
  for (let line = 1; line <= count; line++) yield line % 10 === 0 ? "# a comment" : `order-${line};${line * 100}`;
}

function parseOrder(line: string): Order {
  const [id = "", cents] = line.split(";");
  return { id, cents: Number(cents) };
}

const isOrder = ({ cents }: Order) => Number.isInteger(cents);

async function store(orders: readonly Order[]): Promise<number> {
  await sleep(5);
  return orders.reduce((sum, { cents }) => sum + cents, 0);
}

const storeOrders = pipeline(
  map(parseOrder),
  filter(isOrder),
  batch<Order>(25),
  mapConcurrent(store, { concurrency: 2 }),
);
console.log(storeOrders.stages.join(" → "));

const sums = await storeOrders.process(readLines(100));
if (sums.success) console.log(`${sums.data.length} batches: ${sums.data.join(", ")} cents`);

const broken = await storeOrders.process(["order-1;100", null as unknown as string]);
if (!broken.success) console.log(`${broken.error.code}: ${broken.error.message}`);

// @ts-nocheck The peers are installed in bench/ only.
import { ResourcePool } from "@phasewise/runtime/resources";
import { createPool } from "generic-pool";
import { Pool } from "tarn";
import { measureOperations } from "../micro.js";
import { compareWithPeers, toCells } from "../series.js";

/*
 * Users acquire a resource, add up what it is worth, and release it. Each of them comes back as soon as it is served, so
 * with more users than resources nearly every acquire waits. All pools have their usual time limits.
 */

const create = async () => ({ worth: 1 });
const destroy = async () => {};

/** The least that can be written by hand: two lists. No time limit, no signal, and nothing is ever destroyed. */
function handWritten(max) {
  const idle = [];
  const waiting = [];
  let size = 0;
  return {
    acquire() {
      if (idle.length > 0) return Promise.resolve(idle.pop());
      if (size < max) return (size++, create());
      return new Promise((resolve) => waiting.push(resolve));
    },
    release(resource) {
      if (waiting.length > 0) waiting.shift()(resource);
      else idle.push(resource);
    },
    close: async () => {},
  };
}

function phasewise(max) {
  const pool = new ResourcePool({ max, create, destroy });
  return {
    acquire: () => pool.acquire(),
    release: (lease) => lease.release(),
    worthOf: (lease) => lease.resource.worth,
    close: () => pool.close(),
  };
}

function tarn(max) {
  const pool = new Pool({ min: 0, max, create, destroy });
  return {
    acquire: () => pool.acquire().promise,
    release: (resource) => pool.release(resource),
    close: () => pool.destroy(),
  };
}

function genericPool(max) {
  const pool = createPool({ create, destroy }, { max });
  return {
    acquire: () => pool.acquire(),
    release: (resource) => pool.release(resource),
    close: () => pool.drain().then(() => pool.clear()),
  };
}

const variants = [
  ["phasewise ResourcePool", "own", phasewise],
  ["hand-written", "bound", handWritten],
  ["tarn", "peer", tarn],
  ["generic-pool", "peer", genericPool],
];

async function visit({ acquire, release, worthOf = ({ worth }) => worth }, times) {
  let sum = 0;
  for (let time = 0; time < times; time++) {
    const acquired = await acquire();
    sum += worthOf(acquired);
    release(acquired);
  }
  return sum;
}

/** So many users, who hold their resource for one turn of the promise queue. */
async function visitTogether({ acquire, release, worthOf = ({ worth }) => worth }, users, times) {
  let sum = 0;
  const user = async () => {
    for (let time = 0; time < times; time++) {
      const acquired = await acquire();
      await undefined;
      sum += worthOf(acquired);
      release(acquired);
    }
  };
  await Promise.all(Array.from({ length: users }, user));
  return sum;
}

const contests = [
  { title: "Acquire and release, with an idle resource", run: visit },
  {
    title: "Acquire and release, 100 users of 10 resources",
    run: (pool, count) => visitTogether(pool, 100, count / 100),
  },
];

/**
 * Measures what it costs to borrow a resource of a pool, alone and among many.
 *
 * @param {ReturnType<typeof import("../options.js").readOptions>} options
 */
export async function measureResources(options) {
  const measured = [];
  for (const { title, run } of contests) {
    const pools = [];
    const cases = variants
      .map(([name, kind, make]) => ({ name, kind, make }))
      .filter((subject) => subject.kind === "own" || options.hasCase(subject))
      .map(({ name, kind, make }) => {
        const pool = make(10);
        pools.push(pool);
        return { name, kind, run: (count) => run(pool, count) };
      });
    measured.push({
      title,
      series: await measureOperations(cases, { rounds: options.rounds(15), sumOf: (count) => count }),
    });
    for (const pool of pools) await pool.close();
  }
  return {
    tables: measured.map(({ title, series }) => ({
      title,
      columns: ["case", "ns", "× phasewise"],
      rows: series.map(({ name }) => [name, ...toCells(name, series)]),
    })),
    figures: { resources: measured },
    targets: measured.flatMap(({ title, series }) => compareWithPeers(title.toLowerCase(), series)),
  };
}

// @ts-nocheck The peers are installed in bench/ only.
import { Readable } from "node:stream";
import { AsyncStream } from "@phasewise/runtime/streams";
import * as iterTools from "iter-tools";
import { from as ixFrom } from "ix/asynciterable";
import { buffer as ixBuffer, filter as ixFilter, map as ixMap } from "ix/asynciterable/operators";
import { batch, filter, map } from "streaming-iterables";
import { measureOperations } from "../micro.js";
import { compareWithPeers, toCells } from "../series.js";

/*
 * In each case numbers are doubled, those that three divides are left out, the others are put into lists of ten, and their sums
 * are added up. The functions are plain ones: what is measured is what the library needs an item.
 */

const size = 10;
const double = (number) => number * 2;
const isKept = (number) => number % 3 !== 0;
const add = (sum, list) => list.reduce((all, number) => all + number, sum);

async function sumUp(lists) {
  let sum = 0;
  for await (const list of lists) sum = add(sum, list);
  return sum;
}

/** What people write without a library. */
async function sumByHand(source) {
  let sum = 0;
  let list = [];
  for await (const number of source) {
    const doubled = double(number);
    if (!isKept(doubled)) continue;
    list.push(doubled);
    if (list.length < size) continue;
    sum = add(sum, list);
    list = [];
  }
  return add(sum, list);
}

/** As in the documentation of Node; it has no stage for lists. */
async function sumByNode(source) {
  let sum = 0;
  let list = [];
  for await (const number of Readable.from(source).map(double).filter(isKept)) {
    list.push(number);
    if (list.length < size) continue;
    sum = add(sum, list);
    list = [];
  }
  return add(sum, list);
}

async function* byGenerators(source) {
  let list = [];
  for await (const number of filterByGenerator(mapByGenerator(source))) {
    list.push(number);
    if (list.length < size) continue;
    yield list;
    list = [];
  }
  yield list;
}

async function* mapByGenerator(source) {
  for await (const number of source) yield double(number);
}

async function* filterByGenerator(source) {
  for await (const number of source) if (isKept(number)) yield number;
}

const stream = (source) => AsyncStream.from(source).map(double).filter(isKept).batch(size);
const own = ["phasewise", "own", (source) => stream(source).reduce(add, 0)];

/** Measured apart from each other: some libraries leave so much garbage that whoever comes next pays for it. */
const fields = {
  "by hand": [
    own,
    ["phasewise, in a loop", "bound", (source) => sumUp(stream(source))],
    ["for await", "peer", sumByHand],
    ["async generators", "peer", (source) => sumUp(byGenerators(source))],
  ],
  "by libraries": [
    own,
    ["streaming-iterables", "peer", (source) => sumUp(batch(size, filter(isKept, map(double, source))))],
    ["IxJS", "peer", (source) => sumUp(ixFrom(source).pipe(ixMap(double), ixFilter(isKept), ixBuffer(size)))],
    ["iter-tools", "peer", (source) => sumUp(listByIterTools(source))],
    ["Readable.from().map().filter()", "peer", sumByNode],
  ],
};

function listByIterTools(source) {
  const kept = iterTools.asyncFilter(isKept, iterTools.asyncMap(double, source));
  return iterTools.asyncMap((part) => iterTools.asyncToArray(part), iterTools.asyncBatch(size, kept));
}

async function* generate(count) {
  for (let number = 0; number < count; number++) yield number;
}

/** The array is made once for each count, and not measured. */
const arrays = new Map();
const sources = {
  "an array": (count) => {
    if (!arrays.has(count))
      arrays.set(
        count,
        Array.from({ length: count }, (_, number) => number),
      );
    return arrays.get(count);
  },
  "an async generator": generate,
};

const sumOf = (count) =>
  sources["an array"](count)
    .map(double)
    .filter(isKept)
    .reduce((sum, number) => sum + number, 0);

/**
 * Measures what map, filter and batch cost an item, from an array and from an async generator.
 *
 * @param {ReturnType<typeof import("../options.js").readOptions>} options
 */
export async function measureStreams(options) {
  const measured = [];
  for (const [source, open] of Object.entries(sources)) {
    for (const [field, variants] of Object.entries(fields)) {
      const cases = variants
        .map(([name, kind, sum]) => ({ name, kind, run: (count) => sum(open(count)) }))
        .filter((subject) => subject.kind === "own" || options.hasCase(subject));
      const series = await measureOperations(cases, { rounds: options.rounds(15), sumOf });
      measured.push({ what: `an item of ${source}, ${field}`, series });
    }
  }
  return {
    tables: measured.map(({ what, series }) => ({
      title: `map, filter and batch: ${what}`,
      columns: ["case", "ns", "× phasewise"],
      rows: series.map(({ name }) => [name, ...toCells(name, series)]),
    })),
    figures: measured,
    targets: measured.flatMap(({ what, series }) => compareWithPeers(what, series)),
  };
}

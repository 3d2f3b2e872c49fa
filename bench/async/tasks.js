// @ts-nocheck The peers are installed in bench/ only.
import { Semaphore, TaskPriority, TaskRunner } from "@phasewise/runtime/tasks";
import pLimit from "p-limit";
import PQueue from "p-queue";
import { measureOperations } from "../micro.js";
import { compareWithPeers, toCells } from "../series.js";

/*
 * Tasks that do nothing, submitted a thousand at a time, of which ten may run at once. Each gives 1, and the results of all
 * are added up, so a task that is lost or run twice is noticed. None of the peers gives its tasks a signal.
 */

const batchSize = 1_000;
const concurrency = 10;
const task = async () => 1;

/** Runs `count` tasks in batches; `submit` is given the number of the task, and `read` what it resolves to. */
const inBatches = (submit, read) => async (count) => {
  let sum = 0;
  for (let done = 0; done < count; done += batchSize) {
    const size = Math.min(batchSize, count - done);
    const outcomes = await Promise.all(Array.from({ length: size }, (_, index) => submit(index)));
    for (const outcome of outcomes) sum += read(outcome);
  }
  return sum;
};

const dataOf = (result) => result.data;
const valueOf = (value) => value;

/** The least that can be written by hand: a counter and a list. No priorities, no signals, no failures. */
function limitByHand() {
  const waiting = [];
  let head = 0;
  let running = 0;
  const next = () => {
    running--;
    if (head < waiting.length) waiting[head++]();
    else if (head > 0) head = waiting.length = 0;
  };
  const begin = (resolve) => {
    running++;
    task().then((value) => {
      resolve(value);
      next();
    });
  };
  return () =>
    new Promise((resolve) => {
      if (running < concurrency) begin(resolve);
      else waiting.push(() => begin(resolve));
    });
}

function plainCases() {
  const runner = new TaskRunner({ maxWorkers: concurrency });
  const semaphore = new Semaphore(concurrency);
  const queue = new PQueue({ concurrency });
  const limit = pLimit(concurrency);
  return [
    { name: "phasewise TaskRunner", kind: "own", run: inBatches(() => runner.submit(task), dataOf) },
    { name: "phasewise Semaphore", kind: "bound", run: inBatches(() => semaphore.use(task), valueOf) },
    { name: "hand-written", kind: "bound", run: inBatches(limitByHand(), valueOf) },
    { name: "p-limit", kind: "peer", run: inBatches(() => limit(task), valueOf) },
    { name: "p-queue", kind: "peer", run: inBatches(() => queue.add(task), valueOf) },
  ];
}

function priorityCases() {
  const runner = new TaskRunner({ maxWorkers: concurrency });
  const queue = new PQueue({ concurrency });
  const ours = Object.values(TaskPriority).map((priority) => ({ priority }));
  const theirs = ours.map((_, level) => ({ priority: -level }));
  return [
    {
      name: "phasewise TaskRunner",
      kind: "own",
      run: inBatches((index) => runner.submit(task, ours[index % 4]), dataOf),
    },
    { name: "p-queue", kind: "peer", run: inBatches((index) => queue.add(task, theirs[index % 4]), valueOf) },
  ];
}

function abortableCases() {
  const runner = new TaskRunner({ maxWorkers: concurrency });
  const queue = new PQueue({ concurrency });
  const limited = { timeoutMs: 10_000 };
  const theirs = { timeout: 10_000 };
  return [
    { name: "phasewise TaskRunner", kind: "own", run: inBatches(() => runner.submit(task, limited), dataOf) },
    { name: "p-queue", kind: "peer", run: inBatches(() => queue.add(task, theirs), valueOf) },
  ];
}

/** The figures of the task runner beside its peers. @param {ReturnType<typeof import("../options.js").readOptions>} options */
export async function measureTasks(options) {
  const measured = [];
  for (const [title, cases] of [
    ["1,000 tasks, 10 at a time", plainCases()],
    ["1,000 tasks of four priorities, 10 at a time", priorityCases()],
    ["1,000 tasks with a time limit, 10 at a time", abortableCases()],
  ]) {
    const chosen = cases.filter((subject) => subject.kind === "own" || options.hasCase(subject));
    const series = await measureOperations(chosen, { rounds: options.rounds(15), sumOf: (count) => count });
    measured.push({ title, series });
  }
  return {
    tables: measured.map(({ title, series }) => ({
      title,
      columns: ["case", "ns a task", "× phasewise"],
      rows: series.map(({ name }) => [name, ...toCells(name, series)]),
    })),
    figures: measured,
    targets: measured.flatMap(({ title, series }) => compareWithPeers(title, series)),
  };
}

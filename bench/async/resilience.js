// @ts-nocheck The peers are installed in bench/ only.
import { Result } from "@phasewise/runtime";
import { CircuitBreaker, combine, RetryPolicy } from "@phasewise/runtime/resilience";
import * as cockatiel from "cockatiel";
import OpossumBreaker from "opossum";
import pRetry from "p-retry";
import { measureOperations } from "../micro.js";
import { compareWithPeers, toCells } from "../series.js";

/*
 * In each case somebody calls a dependency that answers at once, under a retry around a circuit breaker, awaits the answer
 * and adds it up. opossum has no retry and p-retry no breaker: together they do the same. Alone they do less.
 */

const answer = Result.success(1);
const findResult = async () => answer;
const findOne = async () => 1;

async function sumUp(count, call) {
  let sum = 0;
  for (let index = 0; index < count; index++) sum += await call();
  return sum;
}

function preparePhasewise() {
  const policy = combine(new RetryPolicy({ maxRetries: 3 }), new CircuitBreaker());
  return async (count) => {
    let sum = 0;
    for (let index = 0; index < count; index++) {
      const found = await policy.execute(findResult);
      sum += found.success ? found.data : 0;
    }
    return sum;
  };
}

function prepareCockatiel() {
  const policy = cockatiel.wrap(
    cockatiel.retry(cockatiel.handleAll, { maxAttempts: 3, backoff: new cockatiel.ExponentialBackoff() }),
    cockatiel.circuitBreaker(cockatiel.handleAll, {
      halfOpenAfter: 30_000,
      breaker: new cockatiel.ConsecutiveBreaker(5),
    }),
  );
  return (count) => sumUp(count, () => policy.execute(findOne));
}

/** Without its statistics and its time limit, which cost most of the time that it takes as it comes. */
const createOpossum = () =>
  new OpossumBreaker(findOne, { timeout: false, rollingPercentilesEnabled: false, enableSnapshots: false });

function prepareOpossumInRetry() {
  const breaker = createOpossum();
  return (count) => sumUp(count, () => pRetry(() => breaker.fire(), { retries: 3 }));
}

function prepareOpossum() {
  const breaker = createOpossum();
  return (count) => sumUp(count, () => breaker.fire());
}

const variants = [
  ["phasewise retry, breaker", "own", preparePhasewise()],
  ["bare call", "bound", (count) => sumUp(count, findOne)],
  ["cockatiel retry, breaker", "peer", prepareCockatiel()],
  ["p-retry around opossum", "peer", prepareOpossumInRetry()],
  ["opossum alone", "peer", prepareOpossum()],
  ["p-retry alone", "peer", (count) => sumUp(count, () => pRetry(findOne, { retries: 3 }))],
];

/**
 * Measures what a call costs that succeeds at once under a retry and a circuit breaker.
 *
 * @param {ReturnType<typeof import("../options.js").readOptions>} options
 */
export async function measureResilience(options) {
  const cases = variants
    .map(([name, kind, run]) => ({ name, kind, run }))
    .filter((subject) => subject.kind === "own" || options.hasCase(subject));
  const series = await measureOperations(cases, { rounds: options.rounds(15), sumOf: (count) => count });
  return {
    tables: [
      {
        title: "A call that succeeds at once, under a retry and a circuit breaker",
        columns: ["case", "ns", "× phasewise"],
        rows: series.map(({ name }) => [name, ...toCells(name, series)]),
      },
    ],
    figures: { resilience: series },
    targets: compareWithPeers("a call under retry and breaker", series),
  };
}

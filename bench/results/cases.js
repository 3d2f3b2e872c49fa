// @ts-nocheck The peers are installed in bench/ only.
import { createApplication, defineModule, Result, Service } from "@phasewise/runtime";
import { Effect } from "effect";
import { err, errAsync, ok, okAsync } from "neverthrow";

/*
 * In each case somebody asks for an invoice by its id, awaits the answer and looks at it: there are invoices with an id above
 * 0 only. Each adds up cents or counts what was not found, which comes to the number of calls.
 */

const invoice = { id: 1, cents: 1 };

class InvoiceService extends Service {
  async find(id) {
    const ready = this.requireInitialized();
    if (!ready.success) return ready;
    return id > 0 ? Result.success(invoice) : Result.error("NOT_FOUND", "no invoice");
  }
}

/** The service as an application has it: registered, initialized, asked for by its id. */
async function startService() {
  const service = new InvoiceService();
  const billing = defineModule({
    id: "billing",
    version: "1.0.0",
    initialize: async (context) => context.registerService("billing.invoices", service),
    setupModule: (context) => service.initialize(context),
  });
  const app = createApplication({ modules: [billing], logger: silent });
  await app.start();
  return app.getService("billing.invoices");
}

const silent = { debug() {}, info() {}, warn() {}, error() {}, child: () => silent };
const service = await startService();

async function callService(count, id) {
  let sum = 0;
  for (let call = 0; call < count; call++) {
    const found = await service.find(id);
    sum += found.success ? found.data.cents : found.error.code === "NOT_FOUND" ? 1 : 0;
  }
  return sum;
}

const plain = { find: async (id) => (id > 0 ? Result.success(invoice) : Result.error("NOT_FOUND", "no invoice")) };

async function callPlain(count, id) {
  let sum = 0;
  for (let call = 0; call < count; call++) {
    const found = await plain.find(id);
    sum += found.success ? found.data.cents : found.error.code === "NOT_FOUND" ? 1 : 0;
  }
  return sum;
}

const bare = { find: async (id) => (id > 0 ? invoice : undefined) };

async function callBare(count, id) {
  let sum = 0;
  for (let call = 0; call < count; call++) sum += (await bare.find(id))?.cents ?? 1;
  return sum;
}

class NotFoundError extends Error {
  code = "NOT_FOUND";
}

const throwing = {
  async find(id) {
    if (id > 0) return invoice;
    throw new NotFoundError("no invoice");
  },
};

async function callThrowing(count, id) {
  let sum = 0;
  for (let call = 0; call < count; call++) {
    try {
      sum += (await throwing.find(id)).cents;
    } catch (error) {
      sum += error.code === "NOT_FOUND" ? 1 : 0;
    }
  }
  return sum;
}

const notFound = { code: "NOT_FOUND", message: "no invoice" };
const neverthrow = { find: async (id) => (id > 0 ? ok(invoice) : err({ ...notFound })) };

async function callNeverthrow(count, id) {
  let sum = 0;
  for (let call = 0; call < count; call++) {
    const found = await neverthrow.find(id);
    sum += found.isOk() ? found.value.cents : found.error.code === "NOT_FOUND" ? 1 : 0;
  }
  return sum;
}

const resultAsync = { find: (id) => (id > 0 ? okAsync(invoice) : errAsync({ ...notFound })) };

async function callResultAsync(count, id) {
  let sum = 0;
  for (let call = 0; call < count; call++) {
    const found = await resultAsync.find(id);
    sum += found.isOk() ? found.value.cents : found.error.code === "NOT_FOUND" ? 1 : 0;
  }
  return sum;
}

const effectful = {
  find: (id) =>
    Effect.gen(function* () {
      return id > 0 ? invoice : yield* Effect.fail({ ...notFound });
    }),
};
const findCents = (id) =>
  effectful
    .find(id)
    .pipe(Effect.match({ onSuccess: ({ cents }) => cents, onFailure: ({ code }) => (code === "NOT_FOUND" ? 1 : 0) }));

/** All calls in one fiber, as in a program that is Effect from top to bottom. */
function callInFiber(count, id) {
  return Effect.runPromise(
    Effect.gen(function* () {
      let sum = 0;
      for (let call = 0; call < count; call++) sum += yield* findCents(id);
      return sum;
    }),
  );
}

/** A fiber for each call, as from code that is not Effect. */
async function callRunPromise(count, id) {
  let sum = 0;
  for (let call = 0; call < count; call++) sum += await Effect.runPromise(findCents(id));
  return sum;
}

const variants = [
  ["phasewise service", "own", callService],
  ["Result, no service", "bound", callPlain],
  ["bare async call", "bound", callBare],
  ["throwing call", "bound", callThrowing],
  ["neverthrow in async", "peer", callNeverthrow],
  ["neverthrow ResultAsync", "peer", callResultAsync],
  ["Effect in a fiber", "peer", callInFiber],
  ["Effect.runPromise", "peer", callRunPromise],
];

/**
 * The cases of calls with this id.
 *
 * @type {(id: number) => import("../micro.js").MicroCase[]}
 */
export const casesOf = (id) => variants.map(([name, kind, call]) => ({ name, kind, run: (count) => call(count, id) }));

// @ts-nocheck The peers are installed in bench/ only.
import { EventEmitter } from "node:events";
import { createApplication, defineModule } from "@phasewise/runtime";
import Emittery from "emittery";

/*
 * In each case so many async handlers add up the cents of an event. The next event is published when all of them are done,
 * except with "EventEmitter, not awaited", which can wait for none.
 */

const type = "billing.invoice-paid";
const paid = { cents: 1 };

/** As in an application: a module subscribes in phase 2 and publishes through its context. */
async function preparePhasewise(handlers) {
  const total = { cents: 0 };
  let publishing;
  const billing = defineModule({
    id: "billing",
    version: "1.0.0",
    async setupModule(context) {
      publishing = context;
      for (let handler = 0; handler < handlers; handler++) {
        context.subscribe(type, async ({ data }) => void (total.cents += data.cents));
      }
    },
  });
  await createApplication({ modules: [billing], logger: silent }).start();
  return async (count) => {
    total.cents = 0;
    for (let event = 0; event < count; event++) await publishing.publish(type, paid);
    return total.cents;
  };
}

const silent = { debug() {}, info() {}, warn() {}, error() {}, child: () => silent };

/** The least that can be written by hand: a list, and a counter that waits for all. No envelope, and a failure stays unseen. */
function prepareByHand(handlers) {
  const total = { cents: 0 };
  const listeners = Array.from({ length: handlers }, () => async (data) => void (total.cents += data.cents));
  const publish = (data) =>
    new Promise((resolve) => {
      let left = listeners.length;
      const settle = () => --left === 0 && resolve();
      for (const listener of listeners) listener(data).then(settle, settle);
    });
  return async (count) => {
    total.cents = 0;
    for (let event = 0; event < count; event++) await publish(paid);
    return total.cents;
  };
}

/** As its README says: `on` and an awaited `emit`. */
function prepareEmittery(handlers) {
  const total = { cents: 0 };
  const emitter = new Emittery();
  for (let handler = 0; handler < handlers; handler++) {
    emitter.on(type, async (data) => void (total.cents += data.cents));
  }
  return async (count) => {
    total.cents = 0;
    for (let event = 0; event < count; event++) await emitter.emit(type, paid);
    return total.cents;
  };
}

/** As people wait for the listeners of an EventEmitter: they call them by themselves. */
function prepareAwaitedEmitter(handlers) {
  const total = { cents: 0 };
  const emitter = new EventEmitter();
  for (let handler = 0; handler < handlers; handler++) {
    emitter.on(type, async (data) => void (total.cents += data.cents));
  }
  return async (count) => {
    total.cents = 0;
    for (let event = 0; event < count; event++) {
      await Promise.all(emitter.listeners(type).map((listener) => listener(paid)));
    }
    return total.cents;
  };
}

function prepareEmitter(handlers) {
  const total = { cents: 0 };
  const emitter = new EventEmitter();
  for (let handler = 0; handler < handlers; handler++) {
    emitter.on(type, async (data) => void (total.cents += data.cents));
  }
  return (count) => {
    total.cents = 0;
    for (let event = 0; event < count; event++) emitter.emit(type, paid);
    return total.cents;
  };
}

const variants = [
  ["phasewise publish", "own", preparePhasewise],
  ["hand-written", "bound", prepareByHand],
  ["emittery", "peer", prepareEmittery],
  ["EventEmitter, awaited by hand", "bound", prepareAwaitedEmitter],
  ["EventEmitter, not awaited", "bound", prepareEmitter],
];

/**
 * The cases with so many handlers each.
 *
 * @type {(handlers: number) => Promise<import("../micro.js").MicroCase[]>}
 */
export const casesOf = (handlers) =>
  Promise.all(variants.map(async ([name, kind, prepare]) => ({ name, kind, run: await prepare(handlers) })));

import { sleep } from "@phasewise/runtime";
import { type Lease, ResourceError, ResourcePool } from "@phasewise/runtime/resources";
import { type FakeClock, fakeClock } from "@phasewise/runtime/testing";
import fc from "fast-check";
import { expect, it } from "vitest";
import { Workshop } from "./workshop.js";

/** How the resources behave, in the order of their creation and from the beginning again. */
interface Nature {
  readonly createMs: number;
  /** Does it end when it is aborted? */
  readonly obeys: boolean;
  readonly failsToCreate: boolean;
  readonly validateMs: number | null;
  readonly validity: "valid" | "invalid" | "throws";
  readonly destroyMs: number;
  readonly failsToDestroy: boolean;
}

/** Somebody who acquires: when, for how long, and how it ends. */
interface User {
  readonly beginMs: number;
  readonly holdMs: number;
  readonly abortMs: number | null;
  readonly manner: "release" | "release twice" | "destroy" | "use" | "use and throw";
}

interface Plan {
  readonly max: number;
  readonly min: number;
  readonly natures: readonly Nature[];
  readonly users: readonly User[];
  readonly closeMs: number;
  readonly timeouts: {
    readonly acquireTimeoutMs: number;
    readonly createTimeoutMs: number;
    readonly idleTimeoutMs: number;
  };
}

const sometimes = fc.integer({ min: 0, max: 4 }).map((value) => value === 0);

const natures = fc.record<Nature>({
  createMs: fc.nat({ max: 8 }),
  obeys: fc.boolean(),
  failsToCreate: sometimes,
  validateMs: fc.option(fc.nat({ max: 4 })),
  validity: fc.constantFrom("valid", "valid", "valid", "invalid", "throws"),
  destroyMs: fc.nat({ max: 4 }),
  failsToDestroy: sometimes,
});

const users = fc.record<User>({
  beginMs: fc.nat({ max: 30 }),
  holdMs: fc.nat({ max: 8 }),
  abortMs: fc.option(fc.nat({ max: 6 })),
  manner: fc.constantFrom("release", "release twice", "destroy", "use", "use and throw"),
});

const plans = fc.record<Plan>({
  max: fc.integer({ min: 1, max: 4 }),
  min: fc.nat({ max: 2 }),
  natures: fc.array(natures, { minLength: 1, maxLength: 6 }),
  users: fc.array(users, { minLength: 1, maxLength: 12 }),
  closeMs: fc.nat({ max: 60 }),
  timeouts: fc.record({
    acquireTimeoutMs: fc.integer({ min: 1, max: 15 }),
    createTimeoutMs: fc.integer({ min: 1, max: 10 }),
    idleTimeoutMs: fc.integer({ min: 1, max: 10 }),
  }),
});

interface Item {
  readonly nature: Nature;
  state: "alive" | "destroying" | "destroyed";
  isLeased: boolean;
}

/** Plays a plan by a fake clock, and checks at each step what must always hold. */
class Experiment {
  readonly clock: FakeClock = fakeClock();
  readonly items: Item[] = [];
  readonly outcomes: unknown[] = [];
  /** When each was served, in the order in which they asked. */
  readonly servedMs: number[] = [];
  /** What did not hold: what a function of the pool throws would be a failure of its own. */
  readonly violations: unknown[] = [];
  readonly plan: Plan;
  readonly pool: ResourcePool<Item>;
  #turns = 0;
  #creations = 0;
  #creating = 0;

  constructor(plan: Plan) {
    this.plan = plan;
    const { clock } = this;
    this.pool = new ResourcePool<Item>({
      max: plan.max,
      min: Math.min(plan.min, plan.max),
      create: (signal) => this.#create(signal),
      validate: (item) => this.#validate(item),
      destroy: (item) => this.#destroy(item),
      ...plan.timeouts,
      leakWarningMs: 5,
      logger: new Workshop().logger,
      clock,
    });
  }

  verify(expectation: () => void): void {
    try {
      expectation();
    } catch (violation) {
      this.violations.push(violation);
    }
  }

  /** What the pool says must be what is the case. */
  check(): void {
    this.verify(() => this.#checkNumbers());
  }

  #checkNumbers(): void {
    const { size, idle, leased, creating, validating, destroying } = this.pool.stats;
    const count = (state: Item["state"]) => this.items.filter((item) => item.state === state).length;
    expect(size).toBe(idle + leased + creating + validating + destroying);
    expect(this.#creating + count("alive") + count("destroying")).toBeLessThanOrEqual(this.plan.max);
    expect(size).toBeLessThanOrEqual(this.plan.max);
    expect(this.items.filter(({ isLeased }) => isLeased).length).toBeLessThanOrEqual(leased);
  }

  /** After all promise callbacks, both must agree in each number. */
  checkSettled(): void {
    this.#checkNumbers();
    const { idle, leased, creating, validating, destroying } = this.pool.stats;
    const count = (state: Item["state"]) => this.items.filter((item) => item.state === state).length;
    expect({ creating, destroying, alive: idle + leased + validating }).toEqual({
      creating: this.#creating,
      destroying: count("destroying"),
      alive: count("alive"),
    });
    expect(leased).toBe(this.items.filter(({ isLeased }) => isLeased).length);
  }

  async live(user: User): Promise<void> {
    const { clock } = this;
    await sleep(user.beginMs, { clock });
    const begunMs = clock.now();
    const turn = this.#turns++;
    const noteEnd = () =>
      this.verify(() => expect(clock.now() - begunMs).toBeLessThanOrEqual(this.plan.timeouts.acquireTimeoutMs));
    const noteServed = () => {
      this.servedMs[turn] = clock.now();
      noteEnd();
    };
    const controller = new AbortController();
    const { signal } = controller;
    const stopTimer =
      user.abortMs === null ? () => {} : clock.schedule(() => controller.abort("aborted"), user.abortMs);
    try {
      await this.#acquire(user, signal, noteServed);
      this.outcomes.push("served");
    } catch (error) {
      if (error !== "thrown") noteEnd();
      this.outcomes.push(error instanceof ResourceError ? error.code : error);
    }
    stopTimer();
    this.check();
  }

  async #acquire({ manner, holdMs }: User, signal: AbortSignal, noteServed: () => void): Promise<void> {
    if (manner === "use" || manner === "use and throw") {
      const result = await this.pool.use(
        (item) => {
          noteServed();
          return this.#hold(item, holdMs, manner === "use and throw");
        },
        { signal },
      );
      if (!result.success) throw new ResourceError(result.error.code, result.error.message);
      return;
    }
    const lease: Lease<Item> = await this.pool.acquire({ signal });
    noteServed();
    await this.#hold(lease.resource, holdMs, false);
    if (manner === "destroy") await lease.destroy();
    else lease.release();
    if (manner === "release twice") lease.release();
  }

  async #hold(item: Item, holdMs: number, throws: boolean): Promise<void> {
    this.verify(() => expect(item).toMatchObject({ state: "alive", isLeased: false }));
    item.isLeased = true;
    this.check();
    await sleep(holdMs, { clock: this.clock });
    item.isLeased = false;
    if (throws) throw "thrown";
  }

  async #create(signal: AbortSignal): Promise<Item> {
    const { natures } = this.plan;
    const nature = natures[this.#creations++ % natures.length]!;
    this.#creating++;
    this.check();
    try {
      await sleep(nature.createMs, { clock: this.clock, ...(nature.obeys && { signal }) });
      if (nature.failsToCreate) throw new Error("not created");
      const item: Item = { nature, state: "alive", isLeased: false };
      this.items.push(item);
      return item;
    } finally {
      this.#creating--;
    }
  }

  #validate({ nature: { validateMs, validity }, isLeased, state }: Item): boolean | Promise<boolean> {
    this.verify(() => expect([isLeased, state]).toEqual([false, "alive"]));
    this.check();
    const judge = () => {
      if (validity === "throws") throw new Error("not validated");
      return validity === "valid";
    };
    return validateMs === null ? judge() : sleep(validateMs, { clock: this.clock }).then(judge);
  }

  async #destroy(item: Item): Promise<void> {
    this.verify(() => expect(item).toMatchObject({ state: "alive", isLeased: false }));
    item.state = "destroying";
    this.check();
    await sleep(item.nature.destroyMs, { clock: this.clock });
    item.state = "destroyed";
    if (item.nature.failsToDestroy) throw new Error("not destroyed");
  }
}

it("any schedule keeps to max, lends nothing twice and in turn, destroys all once, and leaves nobody waiting and no timer", async () => {
  const seen = new Map<unknown, number>();
  await fc.assert(
    fc.asyncProperty(plans, async (plan) => {
      const experiment = new Experiment(plan);
      const { clock, pool } = experiment;
      const users = plan.users.map((user) => experiment.live(user));
      const closing = sleep(plan.closeMs, { clock }).then(() => pool.close());
      let hasEnded = false;
      const end = Promise.all([...users, closing]).then(() => (hasEnded = true));
      for (let ms = 0; ms < 200 && !hasEnded; ms++) {
        await clock.advance(1);
        experiment.checkSettled();
      }
      expect(hasEnded).toBe(true);
      await end;
      expect(experiment.violations).toEqual([]);
      const served = experiment.servedMs.filter((ms) => ms !== undefined);
      expect(served).toEqual(served.toSorted((a, b) => a - b));
      expect(pool.stats).toMatchObject({ size: 0, pending: 0 });
      expect(experiment.items.filter(({ state }) => state !== "destroyed")).toEqual([]);
      expect(clock.pending).toBe(0);
      for (const outcome of experiment.outcomes) seen.set(outcome, (seen.get(outcome) ?? 0) + 1);
    }),
    { numRuns: 120, seed: 20261121 },
  );
  const outcomes = ["ACQUIRE_TIMED_OUT", "CREATE_FAILED", "POOL_CLOSED", "aborted", "served", "thrown"];
  expect([...seen.keys()].sort()).toEqual(outcomes);
  expect(Math.min(...seen.values())).toBeGreaterThan(10);
});

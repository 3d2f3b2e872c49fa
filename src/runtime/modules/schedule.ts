/** A cap on how many steps may run at the same time. */
export class Limit {
  #free: number;

  constructor(maxConcurrency: number) {
    this.#free = maxConcurrency;
  }

  get isExhausted(): boolean {
    return this.#free === 0;
  }

  take(): void {
    this.#free--;
  }

  release(): void {
    this.#free++;
  }
}

/** A piece of work among others, and what has to wait for it. */
export interface Step {
  /** What may begin only after this step. */
  readonly next: readonly Step[];
  /** How many steps must still be done before this one. */
  waitingFor: number;
  readonly limits: readonly Limit[];
  /** Does the work. Without a promise it is done at once. */
  begin(): Promise<void> | undefined;
  /** Called when the work is done, before anything that waits for it begins. */
  done?(): void;
  /** Called in place of `begin` when a step before this one was rejected. */
  skip?(culprit: Step): void;
}

/** What may keep steps from beginning, and who is told when one is rejected. */
export interface Supervision<S extends Step> {
  shouldGoOn?(): boolean;
  onRejection?(step: S, rejection: unknown): void;
}

/**
 * Runs each step at the moment when all steps before it are done, as far as the limits allow. A step that is rejected
 * takes those after it along; `shouldGoOn` decides whether anything else may begin. Resolves when all that began has ended.
 */
export function runSteps<S extends Step>(steps: readonly S[], supervision: Supervision<S> = {}): Promise<void> {
  return new Promise((resolve) => new Run(steps, supervision as Supervision<Step>, resolve).beginReady());
}

class Run {
  readonly #ready: Step[];
  readonly #supervision: Supervision<Step>;
  readonly #resolve: () => void;
  /** The steps that are ready but for a place, by the limit that was exhausted. */
  readonly #parked = new Map<Limit, Step[]>();
  #position = 0;
  #running = 0;
  #isBeginning = false;

  constructor(steps: readonly Step[], supervision: Supervision<Step>, resolve: () => void) {
    this.#ready = steps.filter(({ waitingFor }) => waitingFor === 0);
    this.#supervision = supervision;
    this.#resolve = resolve;
  }

  /** A step that is done at once makes others ready, which this loop then meets: no recursion, however long the chain. */
  beginReady(): void {
    if (this.#isBeginning) return;
    this.#isBeginning = true;
    while (this.#position < this.#ready.length && this.#mayBegin()) this.#begin(this.#ready[this.#position++]!);
    this.#isBeginning = false;
    if (this.#running === 0) this.#resolve();
  }

  #mayBegin(): boolean {
    return this.#supervision.shouldGoOn?.() ?? true;
  }

  #begin(step: Step): void {
    const exhausted = step.limits.find(({ isExhausted }) => isExhausted);
    if (exhausted) return this.#park(step, exhausted);

    for (const limit of step.limits) limit.take();
    const work = step.begin();
    if (!work) return this.#end(step);
    this.#running++;
    work.then(
      () => {
        this.#running--;
        this.#end(step);
        this.beginReady();
      },
      (rejection: unknown) => {
        this.#running--;
        this.#supervision.onRejection?.(step, rejection);
        this.#skipAfter(step);
        this.#release(step);
        this.beginReady();
      },
    );
  }

  #end(step: Step): void {
    step.done?.();
    for (const next of step.next) if (--next.waitingFor === 0) this.#ready.push(next);
    this.#release(step);
  }

  #release({ limits }: Step): void {
    for (const limit of limits) {
      limit.release();
      this.#unpark(limit);
    }
  }

  /** A place that it was given under another limit goes on to the next one there. */
  #park(step: Step, exhausted: Limit): void {
    const parked = this.#parked.get(exhausted);
    if (parked) parked.push(step);
    else this.#parked.set(exhausted, [step]);
    for (const limit of step.limits) if (!limit.isExhausted) this.#unpark(limit);
  }

  #unpark(limit: Limit): void {
    const step = this.#parked.get(limit)?.shift();
    if (step) this.#ready.push(step);
  }

  #skipAfter(culprit: Step): void {
    const skipped = new Set(culprit.next);
    for (const step of skipped) {
      step.skip?.(culprit);
      for (const next of step.next) skipped.add(next);
    }
  }
}

import { setMaxListeners } from "node:events";
import {
  type ActivationContext,
  defineModule,
  type HookOutcome,
  type Module,
  type RegistrationContext,
  Result,
  Service,
  sleep,
} from "@phasewise/runtime";

/** Where a fault can strike. */
export const sites = [
  "initialize",
  "setupModule",
  "setup hook",
  "install",
  "start",
  "stop",
  "uninstall",
  "module disposal",
  "service initialization",
  "service disposal",
  "lazy service",
  "lazy disposal",
  "background task",
  "event handler",
  "awaited event handler",
] as const;

export type Site = (typeof sites)[number];

/** What happens there. The last four are no failures by themselves. */
export const kinds = [
  "throw",
  "rejection",
  "rejection with nothing",
  "rejection with a text",
  "rejection with an odd object",
  "failure",
  "hang",
  "late answer",
  "late rejection",
  "wait for the signal",
  "slow answer",
  "plain function",
  "stop of the application",
] as const;

export type Kind = (typeof kinds)[number];

export interface Fault {
  /** The module by its position. */
  readonly module: number;
  readonly site: Site;
  readonly kind: Kind;
}

/** What a module is made with: other modules by their positions. */
export interface Surroundings {
  readonly dependencies: readonly number[];
  /** Those whose activation it waits for in its own. */
  readonly awaited: readonly number[];
  readonly limits: readonly string[];
}

/** One call of a hook, or of what stands for one. */
export interface HookCall {
  readonly moduleId: string;
  readonly site: Site;
  readonly kind: Kind | undefined;
  readonly begunMs: number;
  /** Had `app.stop()` been called? */
  readonly isAfterStop: boolean;
  hasEnded: boolean;
}

export const hookTimeoutMs = 100;
const slowMs = 60;
const lateMs = 170;

type Work = () => unknown;

const nothing = (_context: ActivationContext): unknown => undefined;

const eventType = "faults.happened" as never;

/**
 * Modules that use all that the runtime has (services, lazy ones, setup hooks, events, background tasks), strike where
 * their faults say so, and remember what they began and ended.
 */
export class FaultyModules {
  readonly calls: HookCall[] = [];
  /** Services by how often each was disposed. */
  readonly disposals = new Map<object, number>();
  /** The ids of the modules whose handlers received an event since the last time it was emptied. */
  readonly received = new Set<string>();
  /** Given to every subscription, so that its listeners tell which of them have not been removed. */
  readonly listening = new AbortController();
  /** The contexts by module id, of their latest lives. */
  readonly contexts = new Map<string, ActivationContext>();
  /** How many of the sleeps below are under way. */
  sleeping = 0;
  readonly #registrations = new Map<string, RegistrationContext>();
  readonly #faults: readonly Fault[];
  readonly #now: () => number;
  readonly #stop: () => void;
  isStopCalled = false;

  constructor(faults: readonly Fault[], now: () => number, stop: () => void) {
    this.#faults = faults;
    this.#now = now;
    this.#stop = stop;
    setMaxListeners(0, this.listening.signal);
  }

  create(position: number, { dependencies, awaited, limits }: Surroundings): Module {
    const id = `m${position}`;
    const phase2 = (site: Site, acquire = nothing, use = nothing) => {
      return (context: ActivationContext) => {
        this.contexts.set(id, context);
        return this.#run(
          position,
          site,
          context,
          () => use(context),
          () => acquire(context),
        ) as Promise<void>;
      };
    };
    const setUp = async (context: ActivationContext): Promise<HookOutcome> => {
      for (const other of awaited) await context.waitForModule(`m${other}`);
      for (const dependency of dependencies) await context.getLazyService(`m${dependency}.lazy` as never);
      return (context.getService(`${id}.service` as never) as Service).initialize(context);
    };
    return defineModule({
      id,
      version: "1.0.0",
      dependencies: dependencies.map((dependency) => `m${dependency}`),
      limits,
      initialize: (context) => {
        this.#register(position, context);
        context.registerSetupHook(phase2("setup hook", (later) => this.#subscribe(later)));
        return this.#run(position, "initialize", context, () => undefined) as Promise<void>;
      },
      setupModule: phase2("setupModule", (context) => this.#beginTask(position, context), setUp),
      install: phase2("install"),
      start: phase2("start", (context) => context.publishAndForget(eventType, "forgotten" as never)),
      stop: phase2("stop", nothing, async (context) => void (await context.publish(eventType, "awaited" as never))),
      uninstall: phase2("uninstall"),
      [Symbol.asyncDispose]: () => this.#run(position, "module disposal", undefined, () => undefined) as Promise<void>,
    });
  }

  /** Publishes an event as this module. */
  publish(id: string | undefined): void {
    this.received.clear();
    if (id !== undefined) this.contexts.get(id)!.publishAndForget(eventType, "forgotten" as never);
  }

  #register(position: number, context: RegistrationContext): void {
    const id = `m${position}`;
    const service = new FaultyService(
      (work) => this.#run(position, "service initialization", undefined, work),
      (work) => this.#dispose(position, "service disposal", service, work),
    );
    this.disposals.set(service, 0);
    this.#registrations.set(id, context);
    context.registerService(`${id}.service` as never, service as never);
    context.registerService(`${id}.alias` as never, service as never);
    context.registerLazyService(
      `${id}.lazy` as never,
      ((own: ActivationContext) => this.#run(position, "lazy service", own, () => this.#makeLazy(position))) as never,
    );
    const handler = ({ data }: { readonly data: unknown }) => {
      this.received.add(id);
      const site = data === "awaited" ? "awaited event handler" : "event handler";
      return this.#run(position, site, undefined, () => undefined) as Promise<void>;
    };
    context.subscribe("*", handler, { signal: this.listening.signal });
  }

  #makeLazy(position: number): object {
    const lazy = {
      [Symbol.asyncDispose]: () => this.#dispose(position, "lazy disposal", lazy, () => undefined) as Promise<void>,
    };
    this.disposals.set(lazy, 0);
    return lazy;
  }

  #dispose(position: number, site: Site, service: object, work: Work): unknown {
    this.disposals.set(service, this.disposals.get(service)! + 1);
    return this.#run(position, site, undefined, work);
  }

  #subscribe(context: ActivationContext): void {
    context.subscribe("*", async () => {}, { signal: this.listening.signal });
  }

  /** It ends some time after its signal has aborted. */
  #beginTask(position: number, context: ActivationContext): void {
    context.background("poll", (signal) => {
      return this.#run(position, "background task", { signal }, async () => {
        await aborted(signal);
        await this.#sleep(5);
      }) as Promise<void>;
    });
  }

  #run(
    position: number,
    site: Site,
    context: { readonly signal: AbortSignal } | undefined,
    work: Work,
    begin = () => {},
  ): unknown {
    const { kind } = this.#faults.find((fault) => fault.module === position && fault.site === site) ?? {};
    const call: HookCall = {
      moduleId: `m${position}`,
      site,
      kind,
      begunMs: this.#now(),
      isAfterStop: this.isStopCalled,
      hasEnded: false,
    };
    this.calls.push(call);
    const end = () => void (call.hasEnded = true);
    try {
      begin();
      const outcome = this.#strike(kind, call, context, work);
      if (outcome instanceof Promise) outcome.then(end, end);
      else end();
      return outcome;
    } catch (error) {
      end();
      throw error;
    }
  }

  #strike(kind: Kind | undefined, call: HookCall, context: { readonly signal: AbortSignal } | undefined, work: Work) {
    switch (kind) {
      case undefined:
        return Promise.resolve().then(work);
      case "throw":
        throw new Error("by design");
      case "rejection":
        return Promise.reject(new Error("by design"));
      case "rejection with nothing":
        return Promise.reject(undefined);
      case "rejection with a text":
        return Promise.reject("by design");
      case "rejection with an odd object":
        return Promise.reject(Object.create(null));
      case "failure":
        return Promise.resolve(Result.error("BROKEN", "by design"));
      case "hang":
        return new Promise(() => {});
      case "late answer":
        return this.#sleep(lateMs)
          .then(() => this.#misuse(call.moduleId))
          .then(work);
      case "late rejection":
        return this.#sleep(lateMs).then(() => Promise.reject(new Error("by design")));
      case "wait for the signal":
        return context
          ? aborted(context.signal).then(() => Promise.reject(context.signal.reason))
          : new Promise(() => {});
      case "slow answer":
        return this.#sleep(slowMs).then(work);
      case "plain function":
        return undefined;
      case "stop of the application":
        this.#stop();
        return Promise.resolve().then(work);
    }
  }

  /** What a hook may do that comes back when nobody waits for it any more. It may fail, and must leave nothing behind. */
  async #misuse(id: string): Promise<void> {
    const registration = this.#registrations.get(id)!;
    const context = this.contexts.get(id) ?? (registration as unknown as ActivationContext);
    const { signal } = this.listening;
    const attempts: (() => unknown)[] = [
      () => registration.registerService(`${id}.late` as never, {} as never),
      () => registration.subscribe("*", async () => {}, { signal }),
      () => context.subscribe("*", async () => {}, { signal }),
      () => context.background("late", () => this.#sleep(1)),
      () => context.publishAndForget(eventType, "forgotten" as never),
      () => context.getLazyService(`${id}.lazy` as never),
      () => context.waitFor("*", { signal, timeoutMs: 1 }),
    ];
    for (const attempt of attempts) {
      try {
        await attempt();
      } catch {}
    }
  }

  async #sleep(durationMs: number): Promise<void> {
    this.sleeping++;
    await sleep(durationMs);
    this.sleeping--;
  }
}

class FaultyService extends Service {
  readonly #initialize: (work: Work) => unknown;
  readonly #dispose: (work: Work) => unknown;

  constructor(initialize: (work: Work) => unknown, dispose: (work: Work) => unknown) {
    super();
    this.#initialize = initialize;
    this.#dispose = dispose;
  }

  protected override async onInitialize(): Promise<Result<unknown>> {
    return ((await this.#initialize(() => undefined)) ?? Result.success(undefined)) as Result<unknown>;
  }

  override [Symbol.asyncDispose](): Promise<void> {
    return this.#dispose(() => super[Symbol.asyncDispose]()) as Promise<void>;
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}

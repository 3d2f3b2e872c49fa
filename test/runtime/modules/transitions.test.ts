import { readFile } from "node:fs/promises";
import { setImmediate as nextTurn } from "node:timers/promises";
import { type Application, defineModule, type ModuleState, type ModuleTransition, Result } from "@phasewise/runtime";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { transitions } from "../../../src/runtime/modules/module-state.js";
import { rejectionOf } from "../rejection-of.js";
import { applicationOf } from "./application-of.js";
import { RecordedInstallations } from "./recorded-installations.js";
import { recordedLog } from "./recorded-log.js";
import { recordedModule } from "./recorded-module.js";

function recordSteps(app: Application): ModuleTransition[] {
  const steps: ModuleTransition[] = [];
  app.onTransition((step) => void steps.push(step));
  return steps;
}

const textOf = ({ moduleId, from, to }: ModuleTransition) => `${moduleId}: ${from.status} → ${to.status}`;

describe("app.onTransition", () => {
  it("tells every step of a module from the first to the last", async () => {
    const alpha = recordedModule([], "alpha", { install: async () => {}, uninstall: async () => {} });
    const app = applicationOf([alpha], { installations: new RecordedInstallations() });
    const steps = recordSteps(app);
    await app.start();
    await app.uninstallModule("alpha");
    await app.stop();
    expect(steps.map(textOf)).toEqual([
      "alpha: known → registering",
      "alpha: registering → registered",
      "alpha: registered → activating",
      "alpha: activating → installing",
      "alpha: installing → active",
      "alpha: active → starting",
      "alpha: starting → started",
      "alpha: started → stopping",
      "alpha: stopping → uninstalling",
      "alpha: uninstalling → stopped",
    ]);
  });

  it("tells the same steps of a module that has no hooks", async () => {
    const app = applicationOf([defineModule({ id: "alpha", version: "1.0.0" })]);
    const steps = recordSteps(app);
    await app.start();
    await app.stop();
    expect(steps.map(({ to }) => to.status)).toEqual([
      "registering",
      "registered",
      "activating",
      "active",
      "starting",
      "started",
      "stopping",
      "stopped",
    ]);
  });

  it("tells why a module failed, and that it stays so when it is stopped", async () => {
    const app = applicationOf([
      recordedModule([], "alpha", { start: async () => Result.error("BROKEN", "by design") }),
    ]);
    const steps = recordSteps(app);
    const error = await rejectionOf(app.start());
    const failed: ModuleState = { status: "failed", phase: "start", error };
    expect(steps.slice(-3).map(({ to }) => to)).toEqual([failed, { status: "stopping" }, failed]);
  });

  it("stops telling when it is asked to", async () => {
    const app = applicationOf([recordedModule([], "alpha")]);
    const steps: ModuleTransition[] = [];
    const stopListening = app.onTransition((step) => {
      steps.push(step);
      if (step.to.status === "active") stopListening();
    });
    await app.start();
    await app.stop();
    expect(steps.at(-1)!.to.status).toBe("active");
  });

  it("logs what a listener throws, and goes on", async () => {
    const { logger, lines } = recordedLog();
    const app = applicationOf([recordedModule([], "alpha")], { logger });
    app.onTransition(() => {
      throw new Error("by design");
    });
    const steps = recordSteps(app);
    expect((await app.start()).status).toBe("running");
    expect(steps).toHaveLength(6);
    expect(lines.filter(({ message }) => message === "a listener of transitions failed")).toHaveLength(6);
    await app.stop();
  });

  it("tells nothing of a validation", async () => {
    const app = applicationOf([recordedModule([], "alpha")]);
    const steps = recordSteps(app);
    await app.validateDependencies();
    expect(steps).toEqual([]);
  });

  it("leaves no module on the way when its stop hook gives the interruption back", async () => {
    const giveBack = async ({ signal }: { signal: AbortSignal }) => signal.throwIfAborted();
    const app = applicationOf([
      recordedModule([], "interrupted", {
        start: ({ signal }) =>
          new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason))),
        stop: giveBack,
      }),
      recordedModule([], "broken", { start: async () => Result.error("BROKEN", "by design"), stop: giveBack }),
    ]);
    expect(await rejectionOf(app.start())).toMatchObject({ code: "HOOK_FAILED", errors: [] });
    expect(app.report.modules.map(({ id, state }) => `${id} ${state.status}`)).toEqual([
      "interrupted stopped",
      "broken failed",
    ]);
  });
});

const hookNames = ["initialize", "setupModule", "install", "start", "stop", "uninstall"] as const;
const calls = ["startModule", "stopModule", "restartModule", "uninstallModule"] as const;

type Manner = "works" | "waits" | "fails once" | "is missing";

interface Life {
  /** The dependencies of each module by position, and how each of its hooks goes. */
  readonly modules: readonly {
    readonly dependencies: readonly number[];
    readonly hooks: Readonly<Record<(typeof hookNames)[number], Manner>>;
  }[];
  readonly onModuleFailure: "abort" | "isolate";
  readonly changes: readonly { readonly call: (typeof calls)[number]; readonly position: number }[];
  /** After how many turns of the event loop `stop` is called. */
  readonly stopAfter: number;
}

const manners: fc.Arbitrary<Manner> = fc.oneof(
  { arbitrary: fc.constant("works" as const), weight: 8 },
  { arbitrary: fc.constant("waits" as const), weight: 2 },
  { arbitrary: fc.constant("fails once" as const), weight: 1 },
  { arbitrary: fc.constant("is missing" as const), weight: 1 },
);

const lives: fc.Arbitrary<Life> = fc.integer({ min: 1, max: 4 }).chain((size) =>
  fc.record({
    modules: fc.tuple(
      ...Array.from({ length: size }, (_, index) =>
        fc.record({
          dependencies: fc.subarray(Array.from({ length: index }, (_unused, before) => before)),
          hooks: fc.record({
            initialize: manners,
            setupModule: manners,
            install: manners,
            start: manners,
            stop: manners,
            uninstall: manners,
          }),
        }),
      ),
    ),
    onModuleFailure: fc.constantFrom("abort", "isolate"),
    changes: fc.array(fc.record({ call: fc.constantFrom(...calls), position: fc.nat({ max: size - 1 }) }), {
      maxLength: 4,
    }),
    stopAfter: fc.oneof(fc.nat({ max: 12 }), fc.constant(100)),
  }),
);

/** Waits for three turns, or until the signal aborts. */
async function waitUnlessAborted(signal: AbortSignal): Promise<void> {
  for (let turn = 0; turn < 3; turn++) {
    await nextTurn();
    signal.throwIfAborted();
  }
}

/** Lives the life, and gives every step of it. */
async function live({ modules, onModuleFailure, changes, stopAfter }: Life): Promise<ModuleTransition[]> {
  const app = applicationOf(
    modules.map(({ dependencies, hooks }, position) => {
      let failuresLeft = 1;
      const hook = (name: keyof typeof hooks) => async (context: { signal: AbortSignal }) => {
        if (hooks[name] === "waits") await waitUnlessAborted(context.signal);
        if (hooks[name] === "fails once" && failuresLeft-- > 0) throw new Error("by design");
      };
      return defineModule({
        id: `m${position}`,
        version: "1.0.0",
        dependencies: dependencies.map((dependency) => `m${dependency}`),
        ...Object.fromEntries(
          hookNames.filter((name) => hooks[name] !== "is missing").map((name) => [name, hook(name)]),
        ),
      });
    }),
    { onModuleFailure, installations: new RecordedInstallations() },
  );
  const steps = recordSteps(app);
  const changing = app.start().then(async () => {
    for (const { call, position } of changes) await app[call](`m${position}`).catch(() => {});
  });
  const settled = changing.catch(() => {});
  for (let turn = 0; turn < stopAfter; turn++) await nextTurn();
  await app.stop().catch(() => {});
  await settled;
  for (const { id, state } of app.report.modules) {
    expect([id, state.status]).toEqual([id, expect.stringMatching(/^(?:known|stopped|failed|blocked)$/)]);
  }
  return steps;
}

describe("the table of transitions", () => {
  it("has every step that happens, and each of its steps does happen", async () => {
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(lives, async (life) => {
        const last = new Map<string, ModuleState>();
        for (const { moduleId, from, to } of await live(life)) {
          expect(from).toBe(last.get(moduleId) ?? from);
          expect(transitions[from.status]).toContain(to.status);
          last.set(moduleId, to);
          seen.add(`${from.status} → ${to.status}`);
        }
      }),
      { seed: 1, numRuns: 600 },
    );
    const steps = Object.entries(transitions).flatMap(([from, next]) => next.map((to) => `${from} → ${to}`));
    expect(steps.filter((step) => !seen.has(step))).toEqual([]);
  });

  const page = new URL("../../../docs/lifecycle.md", import.meta.url);

  it("is the one in the guide", async () => {
    const rows = readTable(await readFile(page, "utf8"), "from", "to", "when");
    const told = rows.map(([from, to]) => [from!, to!.split(/,\s*/).sort()]);
    const actual = Object.entries(transitions).map(([from, to]) => [from, [...to].sort()]);
    expect(Object.fromEntries(told)).toEqual(Object.fromEntries(actual));
  });
});

/** The rows of the table with these columns, without code marks. */
function readTable(text: string, ...columns: string[]): string[][] {
  const cellsOf = (line: string) =>
    line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.replaceAll("`", "").trim());
  const lines = text.split("\n");
  const begin = lines.findIndex((line) => cellsOf(line).join() === columns.join());
  if (begin < 0) return [];
  const rows = lines.slice(begin + 2);
  return rows
    .slice(
      0,
      rows.findIndex((line) => !line.startsWith("|")),
    )
    .map(cellsOf);
}

import { type BootReport, formatBootReport, ModuleError, type Phase } from "@phasewise/runtime";
import { describe, expect, it } from "vitest";

type ReportedModule = BootReport["modules"][number];

/** A module that runs, with a registration of 0.2 ms and a start of no time, unless told otherwise. */
function reported(id: string, activationMs: number, overrides: Partial<ReportedModule> = {}): ReportedModule {
  return {
    id,
    version: "1.0.0",
    dependencies: [],
    optionalDependencies: [],
    services: [],
    tasks: [],
    state: { status: "started" },
    phases: timed({ registration: 0.2, activation: activationMs, start: 0 }),
    slackMs: 0,
    savingMs: 0,
    ...overrides,
  };
}

function timed(durations: Partial<Record<Phase, number>>): ReportedModule["phases"] {
  return Object.entries(durations).map(([phase, durationMs]) => ({ phase: phase as Phase, beginMs: 0, durationMs }));
}

function linesOf(modules: readonly ReportedModule[], overrides: Partial<BootReport> = {}): string[] {
  return formatBootReport({
    status: "running",
    durationMs: 42,
    modules,
    criticalPath: { modules: modules.slice(0, 1).map(({ id }) => id), durationMs: 42 },
    dependencyFindings: [],
    synchronousHooks: [],
    ...overrides,
  }).split("\n");
}

const noRoute = 'Module "core.database": setupModule failed after 30 ms: no route';
const failed = reported("core.database", 30, {
  state: { status: "failed", phase: "activation", error: new ModuleError("HOOK_FAILED", noRoute) },
  phases: timed({ registration: 0.2, activation: 30 }),
});
const blocked = { state: { status: "blocked", by: "core.database", reason: noRoute }, phases: [] } as const;

describe("the table", () => {
  it("has durations, slack, saving and services of each module, and marks the critical path", () => {
    const modules = [
      reported("mail", 20, { slackMs: 10 }),
      reported("core.database", 30, { savingMs: 10, services: ["core.database"] }),
      reported("web", 1, { slackMs: 21 }),
      reported("billing", 12, { savingMs: 12, services: ["billing.invoices", "billing.taxes"] }),
    ];
    const criticalPath = { modules: ["core.database", "billing"], durationMs: 42 };
    expect(linesOf(modules, { criticalPath })).toEqual([
      "4 modules, running after 42.0 ms",
      "critical path: core.database → billing (42.0 ms)",
      "",
      "  module         state    registration  activation   start    slack   saving  services",
      "  mail           started        0.2 ms     20.0 ms  0.0 ms  10.0 ms        -",
      "* core.database  started        0.2 ms     30.0 ms  0.0 ms        -  10.0 ms  core.database",
      "  web            started        0.2 ms      1.0 ms  0.0 ms  21.0 ms        -",
      "* billing        started        0.2 ms     12.0 ms  0.0 ms        -  12.0 ms  billing.invoices,",
      "                                                                              billing.taxes",
    ]);
  });

  it("has no column without content", () => {
    expect(linesOf([reported("alpha", 42, { state: { status: "registered" }, phases: [] })])).toEqual([
      "1 module, running after 42.0 ms",
      "critical path: alpha (42.0 ms)",
      "",
      "  module  state",
      "* alpha   registered",
    ]);
  });

  it("counts the installation to the activation, and the stop to nothing", () => {
    const phases = timed({ registration: 0, activation: 30, installation: 12, start: 1, stop: 5 });
    expect(linesOf([reported("alpha", 0, { phases })]).slice(3)).toEqual([
      "  module  state    registration  activation   start",
      "* alpha   started        0.0 ms     42.0 ms  1.0 ms",
    ]);
  });

  it("is not there without modules", () => {
    expect(linesOf([], { status: "created", durationMs: 0 })).toEqual(["0 modules, created after 0.0 ms"]);
  });

  it("stays within 100 columns, and so does a long critical path", () => {
    const ids = ["core.logging", "core.database", "users.accounts", "billing.invoices", "notifications.digest", "web"];
    const modules = ids.map((id) => reported(id, 1, { services: [`${id}.reader`, `${id}.writer`] }));
    const lines = linesOf(modules, { criticalPath: { modules: ids, durationMs: 42 } });
    expect(lines.slice(1, 3)).toEqual([
      "critical path: core.logging → core.database → users.accounts → billing.invoices →",
      "               notifications.digest → web (42.0 ms)",
    ]);
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(100);
  });
});

describe("below the table", () => {
  it("stands each failure once, with the modules that it blocks", () => {
    const modules = [failed, reported("billing", 0, blocked), reported("web", 0, blocked)];
    expect(linesOf(modules).slice(3)).toEqual([
      "  module         state    registration  activation",
      "* core.database  failed         0.2 ms     30.0 ms",
      "  billing        blocked             -           -",
      "  web            blocked             -           -",
      "",
      noRoute,
      "  blocked by it: billing, web",
    ]);
  });

  it("stands a failure alone when it blocks nothing, and the reason of a block when its failure is over", () => {
    expect(linesOf([failed]).slice(5)).toEqual(["", noRoute]);
    expect(linesOf([reported("core.database", 30), reported("web", 0, blocked)]).slice(6)).toEqual([
      "",
      noRoute,
      "  blocked by it: web",
    ]);
  });

  it("stand the synchronous hooks of each module", () => {
    const synchronousHooks = [
      { module: "mail", hook: "initialize" },
      { module: "mail", hook: "start" },
      { module: "legacy.print", hook: "stop" },
    ] as const;
    expect(linesOf([reported("mail", 1)], { synchronousHooks }).slice(5)).toEqual([
      "",
      "synchronous hooks, to be made async functions",
      "  mail          initialize, start",
      "  legacy.print  stop",
    ]);
  });

  it("stand the dependencies that were not used, apart from those that are safe to remove", () => {
    const dependencyFindings = [
      { module: "web", dependency: "mail", finding: "unused" },
      { module: "web", dependency: "core.database", finding: "transitive" },
      { module: "billing", dependency: "core.cache", finding: "unused" },
    ] as const;
    expect(linesOf([reported("web", 1)], { dependencyFindings }).slice(5)).toEqual([
      "",
      "unused dependencies, which only set the order of the boot",
      "  web      mail",
      "  billing  core.cache",
      "",
      "unused dependencies that another one leads to, safe to remove",
      "  web  core.database",
    ]);
  });
});

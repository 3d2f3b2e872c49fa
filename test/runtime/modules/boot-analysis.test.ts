import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { analyzeBoot, type BootedModule } from "../../../src/runtime/modules/boot-analysis.js";

function booted(id: string, durationMs: number, dependencies: string[] = [], used?: string[]): BootedModule {
  return { id, durationMs, dependencies, usedModules: used && new Set(used) };
}

describe("the critical path", () => {
  it("is the slowest chain of dependencies", () => {
    const { criticalPath } = analyzeBoot([
      booted("mail", 20),
      booted("database", 30),
      booted("web", 1, ["mail"]),
      booted("billing", 12, ["database", "mail"]),
    ]);
    expect(criticalPath).toEqual({ modules: ["database", "billing"], durationMs: 42 });
  });

  it("does not depend on how many modules a chain has", () => {
    const { criticalPath } = analyzeBoot([
      booted("a", 5),
      booted("b", 5, ["a"]),
      booted("c", 5, ["b"]),
      booted("slow", 16),
    ]);
    expect(criticalPath).toEqual({ modules: ["slow"], durationMs: 16 });
  });

  it("is empty where there are no modules", () => {
    expect(analyzeBoot([])).toEqual({
      criticalPath: { modules: [], durationMs: 0 },
      margins: [],
      dependencyFindings: [],
    });
  });

  it("takes no notice of a dependency that is not there", () => {
    const modules = [booted("mail", 20, ["absent"], [])];
    expect(analyzeBoot(modules)).toEqual({
      criticalPath: { modules: ["mail"], durationMs: 20 },
      margins: [{ slackMs: 0, savingMs: 20 }],
      dependencyFindings: [],
    });
  });
});

describe("the margins", () => {
  it("tell how much longer a module could take, and what a faster one would save", () => {
    const { margins } = analyzeBoot([
      booted("mail", 20),
      booted("database", 30),
      booted("web", 1, ["mail"]),
      booted("billing", 12, ["database", "mail"]),
    ]);
    expect(margins).toEqual([
      { slackMs: 10, savingMs: 0 },
      { slackMs: 0, savingMs: 10 },
      { slackMs: 21, savingMs: 0 },
      { slackMs: 0, savingMs: 12 },
    ]);
  });

  it("are nothing at all where two chains are equally slow", () => {
    const { margins } = analyzeBoot([booted("mail", 20), booted("database", 20)]);
    expect(margins).toEqual([
      { slackMs: 0, savingMs: 0 },
      { slackMs: 0, savingMs: 0 },
    ]);
  });

  it("are exact where the sums of the milliseconds are not", () => {
    const { margins } = analyzeBoot([
      booted("a", 0.1),
      booted("b", 0.2, ["a"]),
      booted("c", 0.3, ["b"]),
      booted("other", 0.6),
    ]);
    expect(margins.map(({ slackMs }) => slackMs)).toEqual([0, 0, 0, 0]);
    expect(margins.map(({ savingMs }) => savingMs)).toEqual([0, 0, 0, 0]);
  });
});

describe("the dependency findings", () => {
  it("name what was never used, and tell whether something else leads there", () => {
    const { dependencyFindings } = analyzeBoot([
      booted("database", 1, [], []),
      booted("mail", 1, [], []),
      booted("users", 1, ["database"], ["database"]),
      booted("billing", 1, ["database", "mail", "users"], ["users"]),
    ]);
    expect(dependencyFindings).toEqual([
      { module: "billing", dependency: "database", finding: "transitive" },
      { module: "billing", dependency: "mail", finding: "unused" },
    ]);
  });

  it("say nothing of a module that had no occasion to use anything", () => {
    const database = booted("database", 1, [], []);
    expect(analyzeBoot([database, booted("mail", 1, ["database"])]).dependencyFindings).toEqual([]);
    expect(analyzeBoot([database, booted("mail", 1, ["database"], [])]).dependencyFindings).toEqual([
      { module: "mail", dependency: "database", finding: "unused" },
    ]);
  });
});

/** Modules `0`, `1`, … with dependencies on earlier ones, some of which they use. */
const boots: fc.Arbitrary<BootedModule[]> = fc.integer({ min: 1, max: 9 }).chain((size) =>
  fc.tuple(
    ...Array.from({ length: size }, (_, index) => {
      const earlier = Array.from({ length: index }, (_, before) => String(before));
      return fc.record({
        id: fc.constant(String(index)),
        durationMs: fc.nat({ max: 5 }),
        dependencies: fc.shuffledSubarray(earlier, { maxLength: Math.min(index, 3) }),
        usedModules: fc.option(
          fc.subarray(earlier).map((used) => new Set(used)),
          { nil: undefined },
        ),
      });
    }),
  ),
);

function boot(modules: readonly BootedModule[]): number {
  const ends = new Map<string, number>();
  for (const { id, durationMs, dependencies } of modules) {
    ends.set(id, durationMs + Math.max(0, ...dependencies.map((dependency) => ends.get(dependency)!)));
  }
  return Math.max(...ends.values());
}

function bootWith(modules: readonly BootedModule[], changed: string, durationMs: number): number {
  return boot(modules.map((module) => (module.id === changed ? { ...module, durationMs } : module)));
}

function leadsTo(modules: readonly BootedModule[], from: string, to: string): boolean {
  const { dependencies } = modules.find(({ id }) => id === from)!;
  return dependencies.some((dependency) => dependency === to || leadsTo(modules, dependency, to));
}

describe("for any boot", () => {
  it("the critical path is a chain as long as the boot", () => {
    fc.assert(
      fc.property(boots, (modules) => {
        const { modules: path, durationMs } = analyzeBoot(modules).criticalPath;
        const chain = path.map((id) => modules[Number(id)]!);
        expect(durationMs).toBe(boot(modules));
        expect(chain.reduce((sum, module) => sum + module.durationMs, 0)).toBe(durationMs);
        expect(chain[0]!.dependencies).toEqual([]);
        for (const [at, module] of chain.slice(1).entries()) expect(module.dependencies).toContain(path[at]);
      }),
    );
  });

  it("the slack of a module is the most that changes nothing", () => {
    fc.assert(
      fc.property(boots, (modules) => {
        analyzeBoot(modules).margins.forEach(({ slackMs }, index) => {
          const { id, durationMs } = modules[index]!;
          expect(bootWith(modules, id, durationMs + slackMs)).toBe(boot(modules));
          expect(bootWith(modules, id, durationMs + slackMs + 1)).toBe(boot(modules) + 1);
        });
      }),
    );
  });

  it("the saving is the difference to a boot in which the module takes no time", () => {
    fc.assert(
      fc.property(boots, (modules) => {
        analyzeBoot(modules).margins.forEach(({ savingMs }, index) => {
          expect(savingMs).toBe(boot(modules) - bootWith(modules, modules[index]!.id, 0));
        });
      }),
      { numRuns: 500 },
    );
  });

  it("a dependency is reported when it was not used, and is safe to remove when another one leads there", () => {
    fc.assert(
      fc.property(boots, (modules) => {
        const expected = modules.flatMap(({ id: module, dependencies, usedModules }) =>
          dependencies
            .filter((dependency) => usedModules && !usedModules.has(dependency))
            .map((dependency) => {
              const isTransitive = dependencies.some((other) => leadsTo(modules, other, dependency));
              return { module, dependency, finding: isTransitive ? "transitive" : "unused" };
            }),
        );
        expect(analyzeBoot(modules).dependencyFindings).toEqual(expected);
      }),
    );
  });
});

import { type CriticalPath, findCriticalPath, type ModuleMargin, type TimedModule } from "./critical-path.js";

/** A dependency of whose services and events the module has used none. */
export interface DependencyFinding {
  readonly module: string;
  readonly dependency: string;
  /**
   * `transitive`: another dependency of the module leads there as well, so it can be removed without any effect.
   * `unused`: nothing else leads there, so its only effect is on the order of the boot.
   */
  readonly finding: "unused" | "transitive";
}

/** What there is to know about the boot of a module. */
export interface BootedModule extends TimedModule {
  /** The modules whose services and events it asked for; left out while it has had no occasion to. */
  readonly usedModules?: ReadonlySet<string> | undefined;
}

/** What made the boot as long as it was, and which dependencies it could have done without. */
export interface BootAnalysis {
  readonly criticalPath: CriticalPath;
  /** In the order of the modules. */
  readonly margins: readonly ModuleMargin[];
  readonly dependencyFindings: readonly DependencyFinding[];
}

/** Analyses a boot. The modules come each after its dependencies. */
export function analyzeBoot(modules: readonly BootedModule[]): BootAnalysis {
  return { ...findCriticalPath(modules), dependencyFindings: findUnusedDependencies(modules) };
}

/** The modules that a module leads to are the bits of one number, so that a single operation adds all of a dependency. */
function findUnusedDependencies(modules: readonly BootedModule[]): DependencyFinding[] {
  const findings: DependencyFinding[] = [];
  const bits = new Map<string, bigint>();
  const reached = new Map<string, bigint>();
  for (const { id: module, dependencies, usedModules } of modules) {
    let others = 0n;
    for (const dependency of dependencies) others |= reached.get(dependency) ?? 0n;
    let all = others;
    for (const dependency of dependencies) {
      const bit = bits.get(dependency);
      if (bit === undefined) continue;
      all |= bit;
      if (!usedModules || usedModules.has(dependency)) continue;
      findings.push({ module, dependency, finding: others & bit ? "transitive" : "unused" });
    }
    bits.set(module, 1n << BigInt(bits.size));
    reached.set(module, all);
  }
  return findings;
}

import { measured } from "../measured.js";
import type { SourceFile } from "../type-checker/ast.js";
import type { Project, Type } from "../type-checker/types.js";
import { getDeclaredName } from "../type-queries/declared-name.js";
import { isKeptBy, isRunBy } from "./callbacks.js";
import { collectUnits } from "./collect-units.js";
import { Dispatcher } from "./dispatch.js";
import { getTargetOfType, resolveCalls } from "./resolve-calls.js";
import { type IsSilenced, findSilencedLines } from "./silenced-lines.js";
import { type Argument, type Call, type Target, type Unit, getSpelledName } from "./unit.js";

const graphs = new WeakMap<Project, CallGraph>();

/** The project's call graph, built file by file as it is asked. It lives as long as the checker's snapshot. */
export function getCallGraph(project: Project): CallGraph {
  let graph = graphs.get(project);
  if (!graph) graphs.set(project, (graph = new CallGraph(project)));
  return graph;
}

const readUnits = measured("call graph", (sourceFile: SourceFile, project: Project): Unit[] => {
  const units = collectUnits(sourceFile);
  resolveCalls(units, project);
  return units;
});

interface FileUnits {
  readonly units: readonly Unit[];
  readonly isSilenced: IsSilenced | undefined;
}

/** Who calls what, resolved by the checker: aliases, re-exports, inheritance and element access lead to the declaration. */
export class CallGraph {
  readonly project: Project;
  readonly dispatcher = new Dispatcher(this);
  readonly #files = new Map<string, FileUnits>();
  readonly #units = new Map<string, Unit>();
  readonly #memory = new Map<string, unknown>();

  constructor(project: Project) {
    this.project = project;
  }

  /** The units of a file, its top level first. */
  getUnits(sourceFile: SourceFile): readonly Unit[] {
    return this.#getFile(sourceFile).units;
  }

  /** The unit with this id; `undefined` for code outside the workspace and for declarations without code. */
  findUnit(id: string): Unit | undefined {
    const path = id.slice(id.indexOf(".", id.indexOf(".") + 1) + 1);
    if (!this.#files.has(path)) {
      const sourceFile = this.project.program.getSourceFile(path);
      if (!sourceFile) return undefined;
      this.#getFile(sourceFile);
    }
    return this.#units.get(id);
  }

  /** The units behind a value of this type. */
  findUnitsOf(type: Type): Unit[] {
    return this.findTargets(getTargetOfType(type, this.project));
  }

  /** The units that a call or an argument is declared to stand for. */
  findTargets({ unitIds }: Target): Unit[] {
    return unitIds.map((id) => this.findUnit(id)).filter((unit) => unit !== undefined);
  }

  /** Does the call run this argument before it is done, rather than keep it for later? */
  runsAtOnce(call: Call, { index }: Argument): boolean {
    const declared = this.findTargets(call.target);
    const units = declared.length > 0 ? declared : this.dispatcher.find(call, undefined).map(({ unit }) => unit);
    if (units.length > 0)
      return units.some((unit) => unit.calledParameters.has(index)) && !isKeptBy(getSpelledName(call));
    return isRunBy(
      getSpelledName(call),
      call.target.symbols.map((symbol) => getDeclaredName(symbol, this.project)),
    );
  }

  /** Is the unit part of an async function: one itself, or a callback that runs at once within one? */
  isInAsyncFunction(unit: Unit): boolean {
    if (unit.isAsync) return true;
    const call = unit.handedTo;
    const argument = call?.arguments.find((candidate) => candidate.unit === unit);
    return (
      call !== undefined &&
      argument !== undefined &&
      this.runsAtOnce(call, argument) &&
      this.isInAsyncFunction(call.unit)
    );
  }

  /** Is there a comment at the call, or another node, that silences the rule? */
  isSilenced({ node }: Pick<Call, "node">, rule: string): boolean {
    const sourceFile = node.getSourceFile();
    const { isSilenced } = this.#getFile(sourceFile);
    if (!isSilenced) return false;
    const { line } = sourceFile.getLineAndCharacterOfPosition(node.getStart(sourceFile));
    return isSilenced(rule, line);
  }

  /** The calls of a file that a comment silences the rule for. */
  getSilencedCalls(sourceFile: SourceFile, rule: string): Call[] {
    const calls = this.getUnits(sourceFile).flatMap((unit) => unit.calls);
    return calls.filter((call) => this.isSilenced(call, rule));
  }

  /** Keeps what a rule works out over several files for as long as the graph holds. */
  remember<Value>(key: string, make: () => Value): Value {
    if (!this.#memory.has(key)) this.#memory.set(key, make());
    return this.#memory.get(key) as Value;
  }

  #getFile(sourceFile: SourceFile): FileUnits {
    let file = this.#files.get(sourceFile.path);
    if (!file) {
      const units = readUnits(sourceFile, this.project);
      file = { units, isSilenced: findSilencedLines(sourceFile.text) };
      this.#files.set(sourceFile.path, file);
      for (const unit of units) this.#units.set(unit.id, unit);
    }
    return file;
  }
}

import { Result, transaction } from "@phasewise/runtime";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type FakeConnection, FakeDatabase, turn } from "./fake-database.js";

type Step =
  | { readonly kind: "write" }
  | { readonly kind: "wait" }
  /** Aborts the signal of the transaction that is so many levels above, or the outermost one. */
  | { readonly kind: "abort"; readonly levels: number }
  /** Runs nested transactions at the same time, and fails like the first of them that failed, or goes on regardless. */
  | { readonly kind: "nest"; readonly plans: readonly Plan[]; readonly handsOn: boolean };

interface Plan {
  readonly steps: readonly Step[];
  readonly ending: "value" | "success" | "failure" | "throw";
}

const { plan: plans } = fc.letrec<{ step: Step; plan: Plan }>((tie) => ({
  step: fc.oneof(
    { maxDepth: 3, depthIdentifier: "plan" },
    { weight: 4, arbitrary: fc.record({ kind: fc.constantFrom("write", "wait") }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant("abort"), levels: fc.nat({ max: 2 }) }) },
    {
      weight: 4,
      arbitrary: fc.record({
        kind: fc.constant("nest"),
        plans: fc.array(tie("plan"), { minLength: 1, maxLength: 3, depthIdentifier: "plan" }),
        handsOn: fc.boolean(),
      }),
    },
  ),
  plan: fc.record({
    steps: fc.array(tie("step"), { maxLength: 4, depthIdentifier: "plan" }),
    ending: fc.constantFrom("value", "value", "success", "success", "success", "failure", "throw"),
  }),
}));

/** How a transaction came out: with a value or a Success, a Failure, a throw, or the reason of an abort. */
type Ending = "value" | "success" | "failure" | "throw" | "cancelled";

const hasFailed = (ending: Ending) => ending !== "value" && ending !== "success";
const refused = Result.error("REFUSED", "refused");

/** Runs plans against a database. Writes take their names from where they stand, so that the model knows them too. */
class Experiment {
  readonly database = new FakeDatabase();

  async run(plan: Plan, path: string, around: readonly AbortController[] = []): Promise<Ending> {
    const controllers = [new AbortController(), ...around];
    const { signal } = controllers[0]!;
    try {
      const outcome = await transaction(
        this.database,
        (connection) => this.perform(plan, path, controllers, connection),
        { signal },
      );
      if (outcome === undefined) return "value";
      return outcome.success ? "success" : "failure";
    } catch (error) {
      return error === "cancelled" ? "cancelled" : "throw";
    }
  }

  async perform(
    { steps, ending }: Plan,
    path: string,
    controllers: readonly AbortController[],
    connection: FakeConnection,
  ): Promise<Result<string, "REFUSED"> | undefined> {
    for (const [index, step] of steps.entries()) {
      const place = `${path}.${index}`;
      if (step.kind === "write") await connection.write(place);
      else if (step.kind === "wait") await turn();
      else if (step.kind === "abort") controllers[Math.min(step.levels, controllers.length - 1)]!.abort("cancelled");
      else {
        const endings = await Promise.all(
          step.plans.map((plan, number) => this.run(plan, `${place}.${number}`, controllers)),
        );
        const first = step.handsOn ? endings.find(hasFailed) : undefined;
        if (first === "failure") return refused;
        if (first === "cancelled") throw new DOMException("aborted", "AbortError");
        if (first) throw new Error("refused");
      }
    }
    if (ending === "throw") throw new Error("refused");
    if (ending === "failure") return refused;
    return ending === "success" ? Result.success("done") : undefined;
  }
}

/** What a transaction is by definition: a map of what was written in it, which becomes part of the outer one or of nothing. */
class Model {
  readonly statements: string[] = [];
  #savepoints = 0;

  run(plan: Plan, path: string, outer: Level): { ending: Ending; keys: readonly string[] } {
    const isOutermost = outer.outer === undefined;
    if (outer.isAborted()) return { ending: "cancelled", keys: [] };
    const name = `s${isOutermost ? 0 : ++this.#savepoints}`;
    this.statements.push(isOutermost ? "BEGIN" : `SAVEPOINT ${name}`);
    const level = new Level(outer);
    const ending = this.perform(plan, path, level);
    if (hasFailed(ending)) this.statements.push(isOutermost ? "ROLLBACK" : `ROLLBACK TO ${name}`);
    else this.statements.push(isOutermost ? "COMMIT" : `RELEASE ${name}`);
    return { ending, keys: hasFailed(ending) ? [] : level.keys };
  }

  perform({ steps, ending }: Plan, path: string, level: Level): Ending {
    for (const [index, step] of steps.entries()) {
      const place = `${path}.${index}`;
      if (step.kind === "write") {
        this.statements.push(`write ${place}`);
        level.keys.push(place);
      } else if (step.kind === "abort") level.abort(step.levels);
      else if (step.kind === "nest") {
        const outcomes = step.plans.map((plan, number) => {
          const { ending, keys } = this.run(plan, `${place}.${number}`, level);
          level.keys.push(...keys);
          return ending;
        });
        const first = step.handsOn ? outcomes.find(hasFailed) : undefined;
        // An AbortError is an answer to the abort only where there was one.
        if (first === "cancelled") return level.isAborted() ? "cancelled" : "throw";
        if (first) return first;
      }
    }
    if (hasFailed(ending)) return ending;
    return level.isAborted() ? "cancelled" : ending;
  }
}

class Level {
  readonly outer: Level | undefined;
  readonly keys: string[] = [];
  #isAborted = false;

  constructor(outer?: Level) {
    this.outer = outer;
  }

  abort(levels: number): void {
    if (levels > 0 && this.outer?.outer) this.outer.abort(levels - 1);
    else this.#isAborted = true;
  }

  isAborted(): boolean {
    return this.#isAborted || (this.outer?.isAborted() ?? false);
  }
}

describe("any tree of transactions", () => {
  it("leaves the statements, the rows and the outcome that a stack of maps leaves", async () => {
    const seen: Record<Ending, number> = { value: 0, success: 0, failure: 0, throw: 0, cancelled: 0 };
    let savepoints = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(plans, { minLength: 1, maxLength: 3 }), async (trees) => {
        const experiment = new Experiment();
        const expected = trees.map((plan, number) => {
          const model = new Model();
          return { ...model.run(plan, `t${number}`, new Level()), statements: model.statements };
        });
        const endings = await Promise.all(trees.map((plan, number) => experiment.run(plan, `t${number}`)));

        const { database } = experiment;
        expect(database.violations).toEqual([]);
        expect(endings).toEqual(expected.map(({ ending }) => ending));
        expect(database.connections.map(({ statements }) => statements)).toEqual(
          expected.map(({ statements }) => statements),
        );
        expect(database.connections.filter(({ isOpen }) => isOpen)).toEqual([]);
        expect(new Set(database.rows.keys())).toEqual(new Set(expected.flatMap(({ keys }) => keys)));
        for (const ending of endings) seen[ending]++;
        savepoints += expected.flatMap(({ statements }) => statements.filter((it) => it.startsWith("RELEASE"))).length;
      }),
      { numRuns: 300 },
    );
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(10);
    expect(savepoints).toBeGreaterThan(100);
  });
});

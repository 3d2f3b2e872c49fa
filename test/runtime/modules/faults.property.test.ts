import { join } from "node:path";
import { createApplication, createLogger } from "@phasewise/runtime";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { collectUnhandledRejections } from "../../../src/runtime/testing/unhandled-rejections.js";
import { rejectionOf } from "../rejection-of.js";
import { temporaryFolder } from "../temporary-folder.js";
import { runWithFaults, type Scenario } from "./fault-run.js";
import { type Fault, kinds, sites } from "./faulty-module.js";
import { expectOrderlyEnding } from "./orderly-ending.js";

let rejections: ReturnType<typeof collectUnhandledRejections>;

beforeAll(() => void (rejections = collectUnhandledRejections()));
afterAll(() => rejections.stop());

async function expectOrder(scenario: Scenario): Promise<void> {
  rejections.reasons.length = 0;
  const run = await runWithFaults(scenario);
  expectOrderlyEnding(run);
  expect(rejections.reasons, "unhandled rejections").toEqual([]);
}

const policies = ["abort", "isolate"] as const;

/** The factory of a lazy service gives a service, not a Result. */
const isPossible = ({ site, kind }: Fault) => site !== "lazy service" || kind !== "failure";

const diamond = [[], [0], [0], [1, 2]];

describe.each(policies)("in a diamond of four modules, with %s", (onModuleFailure) => {
  it.each([0, 1, 2, 3])("every fault in every hook of module %i leads to an orderly end", async (module) => {
    for (const site of sites) {
      for (const kind of kinds) {
        const fault = { module, site, kind };
        if (!isPossible(fault)) continue;
        const changes = [{ change: "uninstallModule", module }] as const;
        const scenario = { dependencies: diamond, faults: [fault], onModuleFailure, changes };
        await expectOrder(scenario).catch((cause: unknown) => {
          throw new Error(`${kind} at ${site}`, { cause });
        });
      }
    }
  });
});

const graphs = fc.integer({ min: 1, max: 9 }).chain((size) =>
  fc.tuple(
    ...Array.from({ length: size }, (_, index) =>
      fc.subarray(
        Array.from({ length: index }, (_, before) => before),
        { maxLength: Math.min(index, 3) },
      ),
    ),
  ),
);

/** Dependencies come earlier, and so must what is awaited. */
const withoutCircles = (waits: NonNullable<Scenario["waits"]>) => waits.filter(({ waiter, target }) => target < waiter);

const scenarios: fc.Arbitrary<Scenario> = graphs.chain((dependencies) => {
  const module = fc.nat({ max: dependencies.length - 1 });
  const fault = fc.record({ module, site: fc.constantFrom(...sites), kind: fc.constantFrom(...kinds) });
  const change = fc.constantFrom("startModule", "stopModule", "restartModule", "uninstallModule");
  return fc.record({
    dependencies: fc.constant(dependencies),
    faults: fc.array(fault.filter(isPossible), { maxLength: 6 }),
    waits: fc.array(fc.record({ waiter: module, target: module }), { maxLength: 3 }).map(withoutCircles),
    onModuleFailure: fc.constantFrom(...policies),
    maxConcurrency: fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }),
    limited: fc.subarray(dependencies.map((_, position) => position)),
    changes: fc.array(fc.record({ change, module }) as never, { maxLength: 3 }),
    stopAtMs: fc.option(fc.nat({ max: 500 }), { nil: undefined }),
  }) as fc.Arbitrary<Scenario>;
});

/** A module file by what becomes of its import; the good one is imported, and never booted. */
const files = {
  good: `import { defineModule } from "@phasewise/runtime";
export default defineModule({ id: "good", version: "1.0.0", initialize() { throw new Error("booted"); } });`,
  "throws when it is imported": 'throw new Error("by design");',
  "rejects when it is imported": "await Promise.reject(undefined);",
  "imports what is not there": 'import "./missing.js";',
  "is no program": "export default {",
  "exports nothing": "export const answer = 42;",
  "exports an object": 'export default { id: "alpha", version: "1.0.0" };',
  "exports a promise": "export default Promise.resolve({});",
  "makes a wrong module": `import { defineModule } from "@phasewise/runtime";
export default defineModule({ id: "Wrong!", version: "1.0.0" });`,
};

type FileKind = keyof typeof files;

const broken = (Object.keys(files) as FileKind[]).filter((kind) => kind !== "good");

async function expectOrderlyRefusal(kinds: readonly FileKind[]): Promise<void> {
  rejections.reasons.length = 0;
  await using folder = await temporaryFolder(
    Object.fromEntries(kinds.map((kind, index) => [`m${index}/module.js`, files[kind]])),
  );
  const app = createApplication({ modulesDirectory: folder.path, logger: createLogger({ write: () => {} }) });
  const { code, message } = await rejectionOf(app.start());
  expect(code).toBeOneOf(["MODULE_IMPORT_FAILED", "NOT_A_MODULE"]);
  for (const [index, kind] of kinds.entries()) {
    const file = join(folder.path, `m${index}/module.js`);
    if (kind === "good") expect(message).not.toContain(file);
    else expect(message).toContain(file);
  }
  await app.stopped;
  await app.stop();
  expect(app.report).toMatchObject({ status: "failed", modules: [] });
  expect(rejections.reasons).toEqual([]);
}

describe("a folder of modules", () => {
  it.each(broken)("with one that %s is refused as a whole", (kind) => expectOrderlyRefusal(["good", kind]));

  it("with any number of broken ones is refused with the name of each", async () => {
    const kinds = fc.array(fc.constantFrom<FileKind>("good", ...broken), { minLength: 1, maxLength: 6 });
    const withBroken = kinds.filter((each) => each.some((kind) => kind !== "good"));
    await fc.assert(fc.asyncProperty(withBroken, expectOrderlyRefusal), { numRuns: 25 });
  });
});

describe("in any graph", () => {
  it("any number of faults at once leads to an orderly end", async () => {
    await fc.assert(fc.asyncProperty(scenarios, expectOrder), { numRuns: Number(process.env["RUNS"] ?? 400) });
  });
});

import { execFile } from "node:child_process";
import { readFile, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import fc from "fast-check";
import { expect, it } from "vitest";
import { addMethod } from "../../../src/generators/edits/add-method.js";
import { declareDependency } from "../../../src/generators/edits/declare-dependency.js";
import { declareEvent } from "../../../src/generators/edits/declare-event.js";
import { declareServiceType } from "../../../src/generators/edits/declare-service-type.js";
import { editText } from "../../../src/generators/edits/edit-text.js";
import type { Edit } from "../../../src/generators/edits/edit.js";
import { importName } from "../../../src/generators/edits/import-name.js";
import { importType } from "../../../src/generators/edits/import-type.js";
import { initializeService } from "../../../src/generators/edits/initialize-service.js";
import { keepContext } from "../../../src/generators/edits/keep-context.js";
import { nameGenerator } from "../../../src/generators/edits/name-generator.js";
import { readSettings } from "../../../src/generators/edits/read-settings.js";
import { registerLazyService } from "../../../src/generators/edits/register-lazy-service.js";
import { registerService } from "../../../src/generators/edits/register-service.js";
import { registerSettings } from "../../../src/generators/edits/register-settings.js";
import { runInBackground } from "../../../src/generators/edits/run-in-background.js";
import { subscribe } from "../../../src/generators/edits/subscribe.js";
import { temporaryFolder, type Files } from "../temporary-folder.js";
import { anyStyle } from "./any-style.js";
import { moduleFile } from "./module-file.js";
import { serviceFile, serviceFileWithHook, serviceFileWithPlainHook } from "./service-file.js";

const { resolve } = createRequire(import.meta.url);
const tsc = join(dirname(resolve("@typescript/native/package.json")), "bin/tsc");
const nodeModules = fileURLToPath(new URL("../../../node_modules", import.meta.url));
const tsconfig = await readFile(new URL("../../../templates/app/tsconfig.json", import.meta.url), "utf8");
const run = promisify(execFile);

/** What the generators make beside the files that they edit. */
const parts = `import { type ActivationContext, type EventHandler, Result, Service, type StandardSchema } from "@phasewise/runtime";

declare module "@phasewise/runtime" {
  interface EventRegistry {
    "billing.invoice-paid": Payment;
    "orders.paid": Payment;
  }
}

export interface Payment {
  readonly id: string;
}
export class PdfService extends Service {}
export const sendGoods: EventHandler<"billing.invoice-paid"> = async ({ data: { id } }) => Result.success(void id);
export const ordersSettings: StandardSchema<{ limit: number }> = {
  "~standard": { version: 1, vendor: "test", validate: () => ({ value: { limit: 1 } }) },
};
export async function tidyUp({ logger }: ActivationContext, signal: AbortSignal) {
  logger.info(String(signal.aborted));
  return Result.success(undefined);
}
`;

/** The edits that a generator makes of one file; each file declares an id of its own, so that none declares it for another. */
type Edits = (id: string) => readonly Edit[];

const pdf = importName("PdfService", "./parts.js");
const moduleEdits: Readonly<Record<string, Edits>> = {
  service: (id) => [
    pdf,
    declareServiceType(id, "PdfService"),
    registerService(id, "PdfService"),
    initializeService(id),
  ],
  lazyService: (id) => [pdf, declareServiceType(id, "PdfService"), registerLazyService(id, "PdfService")],
  event: (id) => [importType("Payment", "./parts.js"), declareEvent(id, "Payment")],
  subscriber: () => [
    importName("sendGoods", "./parts.js"),
    declareDependency("billing"),
    subscribe("billing.invoice-paid", "sendGoods"),
  ],
  settings: () => [
    importName("ordersSettings", "./parts.js"),
    registerSettings("ordersSettings"),
    readSettings("ordersSettings"),
  ],
  job: () => [importName("tidyUp", "./parts.js"), runInBackground("tidy up", "tidyUp")],
};
const method = { name: "payOrder", codes: ["NOT_FOUND", "PAID_ALREADY"], event: undefined };
const publishing: Edits = () => [
  importType("ActivationContext", "@phasewise/runtime"),
  keepContext("OrdersService"),
  addMethod("OrdersService", { ...method, event: "orders.paid" }),
];

const version = `  version: "1.0.0",\n`;
const depending = moduleFile.replace(version, `${version}  dependencies: ["core.database"],\n`);
const withoutHooks = moduleFile.replace(/\n\n  async initialize[^]*?\n  \},\n\}\);/, "\n});");
const configuration = `import { defineConfig } from "phasewise";\n\nexport default defineConfig({\n  extends: "recommended",\n});\n`;

const kinds = [
  [moduleEdits, [moduleFile, depending, withoutHooks]],
  [{ method: () => [addMethod("OrdersService", method)] }, [serviceFile]],
  [{ publishing }, [serviceFile, serviceFileWithHook, serviceFileWithPlainHook]],
  [{ generator: () => [nameGenerator("./generators/page.ts")] }, [configuration]],
] as const satisfies readonly (readonly [Readonly<Record<string, Edits>>, readonly string[]])[];

it("files of any style type-check after the edits of a generator", { timeout: 120_000 }, async () => {
  const edited: Record<string, string> = {};
  for (const [edits, sources] of kinds) {
    const runs = fc.property(
      fc.constantFrom(...Object.entries<Edits>(edits)),
      anyStyle(...sources),
      ([name, of], text) => {
        const id = `orders.${name.toLowerCase()}-${Object.keys(edited).length}`;
        // A comment that hides errors would hide ours.
        const source = text.replaceAll("@ts-ignore", "ignored");
        edited[`modules/${id}.ts`] = editText("edited.ts", source, of(id));
      },
    );
    fc.assert(runs, { numRuns: 25 * Object.keys(edits).length });
  }
  expect(Object.keys(edited)).toHaveLength(225);
  expect(await findTypeErrors(edited)).toBe("");
  const broken = {
    "modules/broken.ts": editText("edited.ts", moduleFile, [registerService("orders.none", "NoService")]),
  };
  expect(await findTypeErrors({ ...edited, ...broken })).toMatch(/^modules\/broken\.ts\(\d+,\d+\): error TS/);
});

/** What the compiler says of all files, in one program. */
async function findTypeErrors(edited: Files): Promise<string> {
  const service = `import { Service } from "@phasewise/runtime";\n\nexport class OrdersService extends Service {}\n`;
  await using folder = await temporaryFolder({
    "package.json": `{ "type": "module" }`,
    "tsconfig.json": tsconfig,
    "modules/parts.ts": parts,
    "modules/orders-service.ts": service,
    ...edited,
  });
  await symlink(nodeModules, join(folder.path, "node_modules"), "junction");
  const compiling = run(process.execPath, [tsc, "-p", folder.path, "--noEmit"], { cwd: folder.path });
  const { stdout } = await compiling.catch((error: { stdout: string }) => error);
  return stdout;
}

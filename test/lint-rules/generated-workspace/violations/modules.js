/** @type {readonly import("../plant.js").Violation[]} */
export const moduleViolations = [
  (module) => [
    {
      module,
      place: "dependencies",
      code: `    "${module.id}.mirror", // violates no-circular-dependency\n`,
    },
    {
      module,
      place: { newFile: "mirror/module.ts" },
      code: `import { defineModule } from "@phasewise/runtime";

export default defineModule({
  id: "${module.id}.mirror",
  version: "1.0.0",
  dependencies: [{ id: "${module.id}" }], // violates no-circular-dependency
});
`,
    },
  ],
  (module) => [
    {
      module,
      place: "registration",
      imports: [`import { load${module.type} } from "./${module.noun}.js";`],
      code: `    await load${module.type}("data"); // violates no-early-service-access\n`,
    },
  ],
  (module) => [
    {
      module,
      place: "functions",
      code: `
process.env["TZ"] = "UTC"; // violates no-import-side-effect
export const stored${module.type} = await load${module.type}("data"); // violates no-import-side-effect
`,
    },
  ],
  (module) => [
    {
      module,
      place: { newFile: "commands/print.ts" },
      code: `import { format } from "../operations/format.js";

export interface Printed {
  readonly text: string;
}

export const print = async (id: string): Promise<Printed> => ({ text: await format(id) });
`,
    },
    {
      module,
      place: { newFile: "operations/format.ts" },
      code: `import { readFile } from "node:fs/promises";
import type { Printed } from "../commands/print.js"; // violates no-layer-violation

export async function format(id: string, printed?: Printed): Promise<string> {
  return printed?.text ?? (await readFile(id, "utf8")); // violates no-layer-violation
}
`,
    },
  ],
  (module) => [
    {
      module,
      place: "functions",
      code: `
export function close${module.type}(close: () => void): void {
  process.once("SIGTERM", close); // violates no-process-signal-handler
  if (close.length > 0) process.exit(1); // violates no-process-signal-handler
}
`,
    },
  ],
  (module) => {
    const declared = module.dependencies;
    const other = declared.flatMap(({ dependencies }) => dependencies).find((further) => !declared.includes(further));
    if (!other) return [];
    return [
      {
        module,
        place: "activation",
        code: `    context.getService("${other.id}"); // violates no-undeclared-dependency\n`,
      },
      {
        module,
        place: "registration",
        code: `    context.once("${other.id}.added", async () => {}); // violates no-undeclared-dependency\n`,
      },
    ];
  },
  (module) => [
    {
      module,
      place: "hooks",
      code: `
  stop: () => Promise.resolve(), // violates require-async-hook
`,
    },
  ],
];

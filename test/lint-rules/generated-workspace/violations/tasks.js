/** @type {readonly import("../plant.js").Violation[]} */
export const taskViolations = [
  (module) => [
    {
      module,
      place: "functions",
      imports: ['import { readFileSync } from "node:fs";'],
      code: `
export function read${module.type}Template(path: string): string {
  return readFileSync(path, "utf8"); // violates no-sync-io
}

export const read${module.type}Title = (path: string): string => read${module.type}Template(path).split("\\n")[0] ?? "";

export async function print${module.type}(path: string): Promise<string> {
  return \`😀 \${read${module.type}Title(path)}\`; // violates no-sync-io
}
`,
    },
  ],
  (module) => {
    const [other] = module.dependencies;
    if (!other) return [];
    return [
      {
        module: other,
        place: "functions",
        imports: ['import * as files from "node:fs";'],
        code: `
const { readFileSync: examine } = files;

export class ${module.type}Disk {
  get size(): number {
    return examine("${module.noun}.json").length; // violates no-sync-io
  }
}
`.replaceAll("examine", `examine${module.type}`),
      },
      {
        module,
        place: "functions",
        imports: [`import { ${module.type}Disk } from "${importEntity(other)}";`],
        code: `
export async function measure${module.type}(): Promise<number> {
  return new ${module.type}Disk().size; // violates no-sync-io
}
`,
      },
    ];
  },
  (module) => [
    {
      module,
      place: "functions",
      code: `
export async function refresh${module.type}(folders: readonly string[]): Promise<void> {
  load${module.type}("late"); // violates no-floating-promises
  folders.map(async (folder) => load${module.type}(folder)); // violates no-floating-promises
  /* 😀 */ load${module.type}("last").finally(() => folders.length); // violates no-floating-promises
}
`,
    },
  ],
  (module) => [
    {
      module,
      place: "functions",
      code: `
export function warm${module.type}(folders: readonly string[]): string {
  folders.forEach(async (folder) => void (await load${module.type}(folder))); // violates no-misused-promises
  if (!load${module.type}("first")) return "warm"; // violates no-misused-promises
  const late: () => void = async () => {}; // violates no-misused-promises
  late();
  return \`cold \${load${module.type}("last")}\`; // violates no-misused-promises
}
`,
    },
  ],
  (module) => [
    {
      module,
      place: "activation",
      imports: [`import { load${module.type} } from "./${module.noun}.js";`],
      code: `    void load${module.type}("data"); // violates no-detached-task
    setInterval(() => context.logger.debug("alive"), 60_000); // violates no-detached-task
`,
    },
  ],
  (module) => [
    {
      module,
      place: "members",
      code: `
  async ping${module.type}(): Promise<Result<number>> {
    const response = await Result.attempt("PING_FAILED", () => fetch("https://example.com/${module.noun}")); // violates require-timeout
    return response.success ? Result.success(response.data.status) : response;
  }
`,
    },
  ],
  (module) => [
    {
      module,
      place: "functions",
      code: `
export function first${module.type}(folder: string): Promise<${module.type} | undefined> {
  return load${module.type}(folder).then(([first]) => first); // violates prefer-async-await
}

export async function pause${module.type}(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 100)); // violates prefer-async-await
}
`,
    },
  ],
  (module) => [
    {
      module,
      place: "functions",
      code: `
export async function compare${module.type}(folder: string): Promise<boolean> {
  const before = await readFile(join(folder, "before.txt"), "utf8");
  const after = await readFile(join(folder, "after.txt"), "utf8"); // violates prefer-concurrent-await
  return before === after;
}
`,
    },
  ],
];

/** @param {import("../plant.js").GeneratedModule} other */
function importEntity({ folder, noun }) {
  return `../../${folder.slice("modules/".length)}/${noun}.js`;
}

import { importPath } from "./module-graph.js";

/** What a module is about, and functions over it that use those of the modules it depends on. @param {import("./module-graph.js").GeneratedModule} module */
export function writeEntityFile({ type, variable, noun, dependencies }) {
  const imports = dependencies.map((other) => {
    const names = `type ${other.type}, describe${other.type}, find${other.type}Problems`;
    return `import { ${names} } from "${importPath(other, other.noun)}";`;
  });
  const fields = dependencies.map((other) => `  readonly ${other.variable}?: ${other.type};`);
  const problems = dependencies.map((other) => {
    const field = `${variable}.${other.variable}`;
    return `  if (${field}) problems.push(...find${other.type}Problems(${field}).map(({ message }) => ({ field: "${other.variable}" as const, message })));`;
  });
  const parts = dependencies.map((other) => {
    const field = `${variable}.${other.variable}`;
    return `  if (${field}) parts.push(describe${other.type}(${field}));`;
  });
  return `import { readFile } from "node:fs/promises";
import { join } from "node:path";
${imports.join("\n")}

/** As it is stored. */
export interface ${type} {
  readonly id: string;
  readonly title: string;
  readonly amount: number;
  readonly createdAt: string;
  readonly labels: readonly string[];
${fields.join("\n")}
}

/** Everything that is wrong with it: nothing when it can be stored. */
export function find${type}Problems(${variable}: ${type}): { field: keyof ${type}; message: string }[] {
  const problems: { field: keyof ${type}; message: string }[] = [];
  if (${variable}.title.trim() === "") problems.push({ field: "title", message: "is empty" });
  if (!Number.isFinite(${variable}.amount)) problems.push({ field: "amount", message: "is no number" });
  if (Number.isNaN(Date.parse(${variable}.createdAt))) problems.push({ field: "createdAt", message: "is no time" });
  if (${variable}.labels.includes("")) problems.push({ field: "labels", message: "has an empty one" });
${problems.join("\n")}
  return problems;
}

export function describe${type}(${variable}: ${type}): string {
  const parts = [\`\${${variable}.title} (\${${variable}.amount.toFixed(2)})\`, ...${variable}.labels];
${parts.join("\n")}
  return parts.join(", ");
}

export function total${type}(all: readonly ${type}[]): number {
  return all.reduce((sum, { amount }) => sum + amount, 0);
}

/** Reads what is stored in the folder, without what is wrong. */
export async function load${type}(folder: string, signal?: AbortSignal): Promise<${type}[]> {
  const text = await readFile(join(folder, "${noun}.json"), { encoding: "utf8", signal });
  return (JSON.parse(text) as ${type}[]).filter((${variable}) => find${type}Problems(${variable}).length === 0);
}
`;
}

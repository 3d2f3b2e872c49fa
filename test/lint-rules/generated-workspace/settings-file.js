/** The settings of a module. @param {import("./module-graph.js").GeneratedModule} module */
export function writeSettingsFile({ type, variable, noun, index }) {
  return `import { z } from "zod";

export const ${variable}Settings = z.object({
  folder: z.string().default("data/${noun}"),
  pageSize: z.number().int().positive().default(${10 + (index % 90)}),
  currency: z.enum(["EUR", "USD", "CHF"]).default("EUR"),
  labels: z.array(z.string().min(1)).default([]),
});

export type ${type}Settings = z.infer<typeof ${variable}Settings>;
`;
}

/** @type {readonly import("../plant.js").Violation[]} */
export const commentViolations = [
  (module) => [
    {
      module,
      place: "functions",
      imports: ['import { existsSync } from "node:fs";'],
      code: `
export function has${module.type}(path: string): boolean {
  /* eslint-disable-next-line phasewise/no-sync-io */ // violates require-disable-reason
  return existsSync(path);
}
`,
    },
  ],
];

/** @type {readonly import("../plant.js").Violation[]} */
export const resourceViolations = [
  (module) => [
    {
      module,
      place: "functions",
      imports: ['import { open } from "node:fs/promises";'],
      code: `
export async function archive${module.type}(text: string): Promise<void> {
  const file = await open("archive.txt", "a"); // violates require-disposal
  await file.appendFile(text);
}
`,
    },
  ],
  (module) => [
    {
      module,
      place: "members",
      code: `
  protected database${module.type}!: { query(sql: string, values: readonly string[]): Promise<number> };

  async move${module.type}(id: string): Promise<Result<number>> {
    const removed = await this.database${module.type}.query("DELETE FROM ${module.noun} WHERE id = $1", [id]);
    await this.database${module.type}.query("INSERT INTO old_${module.noun} VALUES ($1)", [id]); // violates require-transaction
    return Result.success(removed);
  }
`,
    },
  ],
];

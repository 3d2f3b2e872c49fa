/** @type {readonly import("../plant.js").Violation[]} */
export const resultViolations = [
  (module) => [
    {
      module,
      place: "members",
      code: `
  async list${module.type}() { // violates require-result-return
    return [...this.#known.values()];
  }

  async has${module.type}(id: string): Promise<boolean> { // violates require-result-return
    return this.#known.has(id);
  }
`,
    },
  ],
  (module) => [
    {
      module,
      place: "members",
      code: `
  async touch${module.type}(): Promise<Result<undefined>> {
    await this.load(); // violates no-unhandled-result
    return Result.success(undefined);
  }
`,
    },
  ],
  (module) => [
    {
      module,
      place: "members",
      code: `
  async get${module.type}(id: string): Promise<Result<${module.type}>> {
    const found = this.#known.get(id);
    if (!found) throw new Error(\`There is no ${module.noun} \${id}.\`); // violates no-throw-in-service
    return Result.success(found);
  }
`,
    },
  ],
];

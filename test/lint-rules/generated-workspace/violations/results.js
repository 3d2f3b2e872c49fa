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
];

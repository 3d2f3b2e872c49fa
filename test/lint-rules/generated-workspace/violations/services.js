/** @type {readonly import("../plant.js").Violation[]} */
export const serviceViolations = [
  (module) => [
    {
      module,
      place: "members",
      code: `
  protected readonly blank${module.type} = total${module.type}([]); // violates no-constructor-work
`,
    },
  ],
  (module) => [
    {
      module,
      place: "members",
      code: `
  constructor(interval = 60_000) {
    super();
    setTimeout(() => this.#known.clear(), interval).unref(); // violates no-constructor-work
    const first = { title: "😀" }; find${module.type}Problems(first as ${module.type}); // violates no-constructor-work
  }
`,
    },
  ],
  (module) => [
    {
      module,
      place: "members",
      code: `
  protected get next${module.type}(): string {
    return describe${module.type}([...this.#known.values()][0]!); // violates no-getter-work
  }
`,
    },
  ],
  (module) => [
    {
      module,
      place: "members",
      code: `
  count${module.type}(): Promise<Result<number>> { // violates require-async-service-method
    return Promise.resolve(Result.success(0));
  }

  readonly is${module.type}Empty = (): Result<boolean> => Result.success(this.#known.size === 0); // violates require-async-service-method, require-result-return
`,
    },
  ],
  (module) => [
    {
      module,
      place: "members",
      code: `
  async log${module.type}(): Promise<Result<undefined>> {
    this.#logger.info("called", { folder: this.#settings.folder }); // violates require-initialized-check
    return Result.success(undefined);
  }

  async page${module.type}(): Promise<Result<number>> {
    return Result.success(this.#findPage()); // violates require-initialized-check
  }

  #findPage(): number {
    return this.#settings.pageSize;
  }
`,
    },
  ],
];

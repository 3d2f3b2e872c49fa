/** A second service of a module, which uses the first one. @param {import("./module-graph.js").GeneratedModule} module */
export function writeReportServiceFile({ id, type, noun }) {
  return `import { type ActivationContext, Result, Service, type Logger } from "@phasewise/runtime";
import type { ${type}Service } from "./${noun}-service.js";

/** Tells how much there is. */
export class ${type}ReportService extends Service {
  #service!: ${type}Service;
  #logger!: Logger;

  protected override async onInitialize(context: ActivationContext) {
    this.#service = context.getService("${id}");
    this.#logger = context.logger;
    return Result.success(undefined);
  }

  /** One line with the total. */
  async describeTotal(): Promise<Result<string, "NOT_INITIALIZED">> {
    const ready = this.requireInitialized();
    if (!ready.success) return ready;

    const total = await this.#service.total${type}();
    if (!total.success) {
      this.#logger.warn("no total", { code: total.error.code });
      return total;
    }
    return Result.success(\`Total: \${total.data.toFixed(2)}\`);
  }
}
`;
}

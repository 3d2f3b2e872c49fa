import { importPath } from "./module-graph.js";

/** The service of a module, which uses those of the modules it depends on. @param {import("./module-graph.js").GeneratedModule} module */
export function writeServiceFile({ type, variable, noun, dependencies }) {
  const imports = dependencies.map((other) => {
    return `import type { ${other.type}Service } from "${importPath(other, `${other.noun}-service`)}";`;
  });
  const fields = dependencies.map((other) => `  #${other.variable}!: ${other.type}Service;`);
  const assignments = dependencies.map((other) => `    this.#${other.variable} = context.getService("${other.id}");`);
  return `import { type ActivationContext, type Logger, Result, Service } from "@phasewise/runtime";
${imports.join("\n")}
import type { ${type}Settings } from "./settings.js";
import { type ${type}, describe${type}, find${type}Problems, load${type}, total${type} } from "./${noun}.js";

/** Keeps every ${noun}, and tells about them. */
export class ${type}Service extends Service<${type}Settings> {
  readonly #known = new Map<string, ${type}>();
  #logger!: Logger;
  #settings!: ${type}Settings;
${fields.join("\n")}

  protected override async onInitialize(context: ActivationContext, settings: ${type}Settings) {
    this.#logger = context.logger;
    this.#settings = settings;
${assignments.join("\n")}
    return Result.success(undefined);
  }

  /** @returns \`NOT_FOUND\` when none has this id. */
  async find${type}(id: string): Promise<Result<${type}, "NOT_FOUND" | "NOT_INITIALIZED">> {
    const ready = this.requireInitialized();
    if (!ready.success) return ready;
    const found = this.#known.get(id);
    return found ? Result.success(found) : Result.error("NOT_FOUND", \`There is no ${noun} \${id}.\`);
  }

  /** @returns \`INVALID\` with what is wrong with it. */
  async add${type}(${variable}: ${type}): Promise<Result<number, "INVALID" | "NOT_INITIALIZED">> {
    const ready = this.requireInitialized();
    if (!ready.success) return ready;
    const [problem] = find${type}Problems(${variable});
    if (problem) return Result.error("INVALID", \`\${problem.field} \${problem.message}\`);
    this.#known.set(${variable}.id, ${variable});
    this.#logger.info("added", { what: describe${type}(${variable}) });
    return Result.success(this.#known.size);
  }

  /** @returns \`LOAD_FAILED\` when what is stored cannot be read. */
  async load(signal?: AbortSignal): Promise<Result<${type}[], "LOAD_FAILED" | "NOT_INITIALIZED">> {
    const ready = this.requireInitialized();
    if (!ready.success) return ready;
    return Result.attempt("LOAD_FAILED", () => load${type}(this.#settings.folder, signal));
  }

  async total${type}(): Promise<Result<number, "NOT_INITIALIZED">> {
    const ready = this.requireInitialized();
    return ready.success ? Result.success(total${type}([...this.#known.values()])) : ready;
  }
${dependencies
  .slice(0, 1)
  .map((other) => writeLookUp(other, variable))
  .join("")}}
`;
}

/**
 * @param {import("./module-graph.js").GeneratedModule} other
 * @param {string} variable
 */
function writeLookUp({ type, variable: field }, variable) {
  return `
  /** The title of what belongs to it there. */
  async title${type}(${variable}Id: string): Promise<Result<string, "NOT_FOUND" | "NOT_INITIALIZED">> {
    const ready = this.requireInitialized();
    if (!ready.success) return ready;
    const found = await this.#${field}.find${type}(this.#known.get(${variable}Id)?.${field}?.id ?? "");
    return found.success ? Result.success(found.data.title) : found;
  }
`;
}

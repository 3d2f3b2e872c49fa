/** A service as the generator writes it, with less in it. */
export const serviceFile = `import { Result, Service } from "@phasewise/runtime";

/** Keeps orders. */
export class OrdersService extends Service {
  /** Finds one. */
  async find(id: string): Promise<Result<string, "NOT_INITIALIZED">> {
    const ready = this.requireInitialized();
    if (!ready.success) return ready;
    return Result.success(id);
  }
}
`;

/** The same with a field, and with a hook that uses its context. */
export const serviceFileWithHook = serviceFile.replace(
  "extends Service {\n",
  `extends Service {
  readonly #names = new Set<string>();

  protected override async onInitialize(ctx: ActivationContext) {
    ctx.logger.info("ready");
    return Result.success(undefined);
  }

`,
);

/** The same with a hook that has no use for its context. */
export const serviceFileWithPlainHook = serviceFileWithHook
  .replace("ctx: ActivationContext", "")
  .replace(`    ctx.logger.info("ready");\n`, "");

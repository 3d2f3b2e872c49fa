import { type ActivationContext, Result, Service } from "@phasewise/runtime";
import { fastify, type FastifyInstance } from "fastify";
import { addHealthRoute } from "./health-route.js";
import type { HttpSettings } from "./http-settings.js";
import { orderRoutes } from "./order-routes.js";
import { resultRoute } from "./result-route.js";

/** Serves the application over HTTP. */
export class HttpService extends Service<HttpSettings> {
  #server!: FastifyInstance;
  #settings!: HttpSettings;

  protected override async onInitialize(context: ActivationContext, settings: HttpSettings) {
    this.#settings = settings;
    this.#server = fastify();
    const tracer = context.getService("core.tracer");
    for (const route of orderRoutes(context.getService("orders"))) this.#server.route(resultRoute(tracer, route));
    addHealthRoute(this.#server, {
      database: context.getService("core.database"),
      cache: context.getService("core.cache"),
      pubSub: context.getService("core.pub-sub"),
    });
    return Result.success(undefined);
  }

  /** Takes no more requests, and answers those that it has. */
  protected override async onDispose() {
    await this.#server.close();
  }

  /**
   * Begins to take requests, and gives the address at which it does.
   * @returns `NOT_LISTENING` when it cannot have the port.
   */
  async listen(): Promise<Result<string, "NOT_INITIALIZED" | "NOT_LISTENING">> {
    const ready = this.requireInitialized();
    if (!ready.success) return ready;

    return Result.attempt("NOT_LISTENING", () => this.#server.listen(this.#settings));
  }

  /** @returns `NOT_LISTENING` when it does not take requests yet. */
  async findAddress(): Promise<Result<string, "NOT_INITIALIZED" | "NOT_LISTENING">> {
    const ready = this.requireInitialized();
    if (!ready.success) return ready;

    return Result.attempt("NOT_LISTENING", async () => this.#server.listeningOrigin);
  }
}

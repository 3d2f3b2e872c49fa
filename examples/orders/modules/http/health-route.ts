import type { PlatformService } from "@phasewise/runtime/platform";
import type { FastifyInstance } from "fastify";

/** Tells of each service whether it answers: for whoever sends requests to processes that can handle them. */
export function addHealthRoute(server: FastifyInstance, services: Readonly<Record<string, PlatformService>>): void {
  server.get("/health", async (_request, reply) => {
    const asked = Object.entries(services).map(async ([name, service]) => {
      const health = await service.health({ timeoutMs: 2_000 });
      return [
        name,
        health.success ? { isUp: true, ...health.data } : { isUp: false, code: health.error.code },
      ] as const;
    });
    const answers = await Promise.all(asked);
    const areUp = answers.every(([, { isUp }]) => isUp);
    return reply.code(areUp ? 200 : 503).send(Object.fromEntries(answers));
  });
}

import { setImmediate as turn } from "node:timers/promises";
import { HttpClient } from "@phasewise/runtime/http";
import { expectSuccess } from "@phasewise/runtime/testing";
import fc from "fast-check";
import { it } from "vitest";
import { startServer, until } from "./test-server.js";

/** What the server does with a request, and after how many turns of the event loop it is aborted, if it is. */
const fault = fc.record({
  kind: fc.constantFrom("ok", "error", "reset", "half", "stall", "large"),
  as: fc.constantFrom("json", "bytes", "stream"),
  abortAfter: fc.option(fc.nat({ max: 12 }), { nil: undefined }),
});

it("whatever happens to requests, each one settles, and its connection and its place are free afterwards", async () => {
  await using server = await startServer(({ url }, response) => {
    if (url === "/ok") response.end("{}");
    if (url === "/error") response.writeHead(503).end("later");
    if (url === "/reset") response.destroy();
    if (url === "/half") response.write("{", () => response.destroy());
    if (url === "/stall") response.write("{");
    if (url === "/large") response.end("x".repeat(5_000));
  });

  await fc.assert(
    fc.asyncProperty(fc.array(fault, { minLength: 1, maxLength: 12 }), async (faults) => {
      const client = new HttpClient({ baseUrl: server.url, maxConnections: 3, maxResponseBytes: 1_000, retry: false });
      const request = async ({ kind, as, abortAfter }: (typeof faults)[number]) => {
        const controller = new AbortController();
        const requesting = client.get(kind, { as, signal: controller.signal });
        const outcome = requesting.catch((reason: unknown) => reason);
        const isEndless = kind === "stall";
        if (isEndless || abortAfter !== undefined) {
          for (let count = 0; count < (abortAfter ?? 12); count++) await turn();
          controller.abort("enough");
        }
        const settled = await outcome;
        if (as === "stream" && settled !== "enough") {
          const answer = await requesting;
          if (answer.success) await (answer.data.body as AsyncDisposable)[Symbol.asyncDispose]();
        }
      };
      await Promise.all(faults.map(request));

      const healthy = await Promise.all(Array.from({ length: 6 }, () => client.get("ok")));
      for (const answer of healthy) expectSuccess(answer);
      await client.close();
      await until(() => server.open === 0);
    }),
    { numRuns: 60, seed: 4 },
  );
});

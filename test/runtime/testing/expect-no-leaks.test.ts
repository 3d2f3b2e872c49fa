import { AssertionError } from "node:assert";
import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:net";
import { defineModule } from "@phasewise/runtime";
import { describe, expect, it } from "vitest";
import { expectNoLeaks } from "../../../src/runtime/testing/expect-no-leaks.js";
import { fakeClock } from "../../../src/runtime/testing/fake-clock.js";
import { testApplication } from "../../../src/runtime/testing/test-application.js";

async function rejectionOf(work: Promise<unknown>): Promise<Error> {
  const [outcome] = await Promise.allSettled([work]);
  if (outcome.status === "fulfilled") throw new Error("nothing was left behind");
  return outcome.reason as Error;
}

function listen(server: Server): Promise<void> {
  return new Promise((resolve) => server.listen(0, () => resolve()));
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}

describe("expectNoLeaks", () => {
  it("gives the outcome of work that cleans up, also if closing takes a moment", async () => {
    const outcome = await expectNoLeaks(async () => {
      const server = createServer();
      await listen(server);
      server.close();
      setTimeout(() => {}, 5);
      await readFile(import.meta.filename);
      setInterval(() => {}, 1_000).unref();
      return "done";
    });
    expect(outcome).toBe("done");
  });

  it("tells what was left, with the line and the module", async () => {
    const server = createServer();
    const serving = defineModule({ id: "web", version: "1.0.0", start: async () => listen(server) });
    const error = await rejectionOf(
      expectNoLeaks(
        async () => {
          await using _ = await testApplication({ modules: [serving] });
        },
        { graceMs: 1 },
      ),
    );
    await close(server);
    expect(error).toBeInstanceOf(AssertionError);
    expect(error.message).toMatch(
      /^Something was left behind:\n- TCPSERVERWRAP of module "web", made at test\/runtime\/testing\/expect-no-leaks\.test\.ts:17:\d+\nClose/,
    );
  });

  it("counts what was left in the same place", async () => {
    const timers: NodeJS.Timeout[] = [];
    const work = async () => {
      for (const delayMs of [1_000, 2_000]) timers.push(setTimeout(() => {}, delayMs));
    };
    const { message } = await rejectionOf(expectNoLeaks(work, { graceMs: 1 }));
    timers.forEach(clearTimeout);
    expect(message).toContain("- 2 × Timeout, made at work (");
  });

  it("knows the timers of the application's fake clock", async () => {
    const clock = fakeClock();
    const polling = defineModule({
      id: "poller",
      version: "1.0.0",
      start: async () => void clock.schedule(() => {}, 60_000),
    });
    const boot = async () => {
      await using _ = await testApplication({ modules: [polling], clock });
    };
    const { message } = await rejectionOf(expectNoLeaks(boot, { graceMs: 1 }));
    expect(message).toContain('- fake timer of module "poller", made at Object.start (');
    await clock.advance(60_000);
  });

  it("knows the work of modules that goes on, as that of a hook that ran out of time", async () => {
    const clock = fakeClock();
    const hanging = defineModule({ id: "slow", version: "1.0.0", start: async () => new Promise(() => {}) });
    const work = async () => {
      const booting = Promise.allSettled([testApplication({ modules: [hanging], clock, hookTimeoutMs: 1_000 })]);
      await clock.advance(1_000);
      await booting;
    };
    expect((await rejectionOf(expectNoLeaks(work, { graceMs: 1 }))).message).toContain(
      '- work that goes on, of module "slow"\n',
    );
  });

  it("does not count what began before, or what others do", async () => {
    const before = setInterval(() => {}, 1_000);
    const others: NodeJS.Timeout[] = [];
    const meanwhile = Promise.resolve().then(() => others.push(setInterval(() => {}, 1_000)));
    await expectNoLeaks(async () => void (await meanwhile));
    clearInterval(before);
    others.forEach(clearInterval);
    expect(others).toHaveLength(1);
  });

  it("passes on what the work rejects with", async () => {
    const error = new Error("by the work");
    expect(await rejectionOf(expectNoLeaks(() => Promise.reject(error)))).toBe(error);
  });
});

import { Result, type TransactionRunner } from "@phasewise/runtime";
import { describe, expect, it } from "vitest";
import { loadServices } from "./load-services.js";

const { OrderService } = await loadServices();

/** A database that notes its transactions. */
class RecordedDatabase implements TransactionRunner {
  readonly events: string[] = [];
  readonly signals: unknown[] = [];

  async transaction<T>(work: () => Promise<T>, { signal }: { signal?: AbortSignal | undefined }): Promise<T> {
    this.signals.push(signal);
    this.events.push("begin");
    try {
      const value = await work();
      this.events.push("commit");
      return value;
    } catch (error) {
      this.events.push("rollback");
      throw error;
    }
  }

  write = async () => {
    this.events.push("write");
    return Result.success("written");
  };
}

const busy = async () => Result.error("BUSY", "later");
const refuse = () => Promise.reject(new Error("refused"));

function orders() {
  const database = new RecordedDatabase();
  return { database, service: new OrderService(database) };
}

describe("@transactional", () => {
  it("commits when the method answers a Success, which comes back", async () => {
    const { database, service } = orders();
    expect(await service.place(database.write)).toEqual({ success: true, data: "written" });
    expect(database.events).toEqual(["begin", "write", "commit"]);
  });

  it("rolls back when the method answers a Failure, which comes back as it is", async () => {
    const { database, service } = orders();
    const failure = await busy();
    expect(await service.place(async () => failure)).toBe(failure);
    expect(database.events).toEqual(["begin", "rollback"]);
  });

  it("rolls back when the method throws, and throws the same", async () => {
    const { database, service } = orders();
    await expect(service.place(refuse)).rejects.toThrow("refused");
    expect(database.events).toEqual(["begin", "rollback"]);
  });

  it("tells it when the rollback itself fails", async () => {
    const runner: TransactionRunner = {
      transaction: (work) => work().catch(() => Promise.reject(new Error("connection lost"))),
    };
    await expect(new OrderService(runner).place(busy)).rejects.toThrow("connection lost");
  });

  it("hands the runner the signal that the method was given", async () => {
    const { database, service } = orders();
    const { signal } = new AbortController();
    await service.place(database.write, signal);
    await service.place(database.write);
    expect(database.signals).toEqual([signal, undefined]);
  });

  it("keeps the name and the number of parameters", () => {
    const { service } = orders();
    expect([service.place.name, service.place.length]).toEqual(["place", 2]);
  });
});

describe("a nested call of a @transactional method", () => {
  it("joins the transaction on the same runner", async () => {
    const { database, service } = orders();
    await service.place(async () => {
      await service.reserve(database.write);
      return new OrderService(database).reserve(database.write);
    });
    expect(database.events).toEqual(["begin", "write", "write", "commit"]);
  });

  it("has a transaction of its own on another runner, and joins through it", async () => {
    const [outer, inner] = [orders(), orders()];
    await outer.service.place(() => inner.service.place(() => outer.service.reserve(outer.database.write)));
    expect(outer.database.events).toEqual(["begin", "write", "commit"]);
    expect(inner.database.events).toEqual(["begin", "commit"]);
  });

  it("rolls the whole back when it fails and the outer method hands that on", async () => {
    const { database, service } = orders();
    expect(await service.place(() => service.reserve(busy))).toEqual(await busy());
    expect(database.events).toEqual(["begin", "rollback"]);
  });

  it.each([
    ["answers a Failure", busy],
    ["throws", refuse],
  ])("that %s rolls the whole back, also when the outer method goes on as if nothing had happened", async (_, step) => {
    const { database, service } = orders();
    const placing = service.place(async () => {
      await service.reserve(step).catch(() => {});
      return database.write();
    });
    await expect(placing).rejects.toMatchObject({
      code: "ROLLED_BACK",
      message:
        "place succeeded, but its transaction was rolled back, because reserve had failed in it. " +
        "Answer that failure, or call reserve outside of the transaction.",
    });
    expect(database.events).toEqual(["begin", "write", "rollback"]);
  });

  it("has a transaction of its own when the outer one is over", async () => {
    const { database, service } = orders();
    let reserveLater!: () => void;
    let reserving: Promise<unknown> | undefined;
    await service.place(() => {
      reserving = new Promise<void>((resolve) => (reserveLater = resolve)).then(() => service.reserve(database.write));
      return database.write();
    });
    reserveLater();
    await reserving;
    expect(database.events).toEqual(["begin", "write", "commit", "begin", "write", "commit"]);
  });

  it("beside another one at the same time joins neither", async () => {
    const { database, service } = orders();
    await Promise.all([service.place(database.write), service.reserve(database.write)]);
    expect(database.events.filter((event) => event === "begin")).toHaveLength(2);
  });

  it("begins afresh when the runner runs the work again", async () => {
    const runner: TransactionRunner = { transaction: (work) => work().catch(work) };
    const service = new OrderService(runner);
    const steps = [busy, async () => Result.success("second time")];
    expect(await service.place(() => service.reserve(() => steps.shift()!()))).toEqual({
      success: true,
      data: "second time",
    });
  });
});

import { findConnection, Result } from "@phasewise/runtime";
import { afterEach, describe, expect, it } from "vitest";
import { FakeDatabase } from "./fake-database.js";
import { loadServices } from "./load-services.js";

const { OrderService } = await loadServices();

const busy = Result.error("BUSY", "later");
const database = new FakeDatabase();
const service = new OrderService(database);

/** A step of an order: writes with the connection of the transaction that it runs in. */
const write = (key: string) => async () => {
  await findConnection(database)!.write(key);
  return Result.success(key);
};

afterEach(() => {
  expect(database.violations).toEqual([]);
  database.connections.length = 0;
  database.signals.length = 0;
  database.rows.clear();
});

describe("@transactional", () => {
  it("commits when the method answers a Success, which comes back", async () => {
    expect(await service.place(write("a"))).toEqual({ success: true, data: "a" });
    expect(database.statements()).toEqual(["BEGIN", "write a", "COMMIT"]);
  });

  it("rolls back when the method answers a Failure, which comes back as it is", async () => {
    expect(await service.place(async () => busy)).toBe(busy);
    expect(database.statements()).toEqual(["BEGIN", "ROLLBACK"]);
  });

  it("rolls back when the method throws, and throws the same", async () => {
    await expect(service.place(() => Promise.reject(new Error("refused")))).rejects.toThrow("refused");
    expect(database.statements()).toEqual(["BEGIN", "ROLLBACK"]);
  });

  it("rolls back when the signal aborts that the method was given", async () => {
    const controller = new AbortController();
    const step = async () => {
      controller.abort("cancelled");
      return Result.success("done");
    };
    await expect(service.place(step, controller.signal)).rejects.toBe("cancelled");
    expect(database.signals).toEqual([controller.signal]);
    expect(database.statements()).toEqual(["BEGIN", "ROLLBACK"]);
  });

  it("rejects with INVALID_OPTION when the instance has no source yet", async () => {
    const early = new OrderService(undefined as never);
    await expect(early.place(write("a"))).rejects.toMatchObject({ code: "INVALID_OPTION" });
  });

  it("keeps the name and the number of parameters", () => {
    expect([service.place.name, service.place.length]).toEqual(["place", 2]);
  });
});

describe("a nested call of a @transactional method", () => {
  it("is a savepoint of the transaction, on another instance too", async () => {
    await service.place(async () => {
      await service.reserve(write("a"));
      return new OrderService(database).reserve(write("b"));
    });
    expect(database.statements()).toEqual([
      ...["BEGIN", "SAVEPOINT s1", "write a", "RELEASE s1", "SAVEPOINT s2", "write b", "RELEASE s2", "COMMIT"],
    ]);
  });

  it("that fails alone is rolled back when the outer method answers a Success", async () => {
    await service.place(async () => {
      await service.reserve(async () => {
        await write("a")();
        return busy;
      });
      return write("b")();
    });
    expect([...database.rows.keys()]).toEqual(["b"]);
  });

  it("that fails rolls the whole back when the outer method hands that on", async () => {
    expect(
      await service.place(async () => {
        await write("a")();
        return service.reserve(async () => busy);
      }),
    ).toBe(busy);
    expect(database.statements()).toEqual(["BEGIN", "write a", "SAVEPOINT s1", "ROLLBACK TO s1", "ROLLBACK"]);
  });

  it("has a transaction of its own on another source", async () => {
    const other = new FakeDatabase();
    await service.place(() => new OrderService(other).place(write("a")));
    expect(database.statements()).toEqual(["BEGIN", "write a", "COMMIT"]);
    expect(other.statements()).toEqual(["BEGIN", "COMMIT"]);
  });
});

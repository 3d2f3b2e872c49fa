import { AsyncLocalStorage } from "node:async_hooks";
import {
  findConnection,
  type OpenTransaction,
  Result,
  sleep,
  taskGroup,
  transaction,
  type TransactionSource,
  withTimeout,
} from "@phasewise/runtime";
import { fakeClock } from "@phasewise/runtime/testing";
import { InMemorySpanExporter, NodeTracerProvider, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-node";
import { trace } from "@opentelemetry/api";
import { afterEach, describe, expect, it } from "vitest";
import { type FakeConnection, FakeDatabase, type Faults, turn } from "./fake-database.js";
import { listenersOf } from "./listeners-of.js";

const databases: FakeDatabase[] = [];

function createDatabase(faults?: Faults): FakeDatabase {
  const database = new FakeDatabase(faults);
  databases.push(database);
  return database;
}

/** A promise and the function that fulfils it. */
function gate(): { readonly opened: Promise<void>; readonly open: () => void } {
  let open!: () => void;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open };
}

const caught = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  );

const busy = Result.error("BUSY", "later");

afterEach(() => {
  const used = databases.splice(0);
  expect(used.flatMap(({ violations }) => violations)).toEqual([]);
});

describe("a transaction", () => {
  it.each([["a value"], [undefined], [Result.success(3)], [{ success: false, reason: "no Result" }]])(
    "commits when its work gives %o, and gives the same",
    async (value) => {
      const database = createDatabase();
      const given = await transaction(database, async (connection) => {
        await connection.write("a");
        return value;
      });
      expect(given).toBe(value);
      expect(database.statements()).toEqual(["BEGIN", "write a", "COMMIT"]);
      expect(database.rows).toEqual(new Map([["a", "a"]]));
    },
  );

  it("rolls back when its work gives a Failure, and gives the same", async () => {
    const database = createDatabase();
    const given = await transaction(database, async (connection) => {
      await connection.write("a");
      return busy;
    });
    expect(given).toBe(busy);
    expect(database.statements()).toEqual(["BEGIN", "write a", "ROLLBACK"]);
    expect(database.rows).toEqual(new Map());
  });

  it.each([
    ["rejects", () => Promise.reject(new Error("refused"))],
    [
      "throws at once",
      () => {
        throw new Error("refused");
      },
    ],
    ["rejects with what looks like an abort", () => Promise.reject(new DOMException("refused", "AbortError"))],
  ])("rolls back when its work %s, and rejects with the same", async (_, work) => {
    const database = createDatabase();
    await expect(transaction(database, work)).rejects.toThrow("refused");
    expect(database.statements()).toEqual(["BEGIN", "ROLLBACK"]);
  });

  it("settles once the commit is done, and not before", async () => {
    const database = createDatabase();
    await transaction(database, (connection) => connection.write("a"));
    expect(database.rows.has("a")).toBe(true);
    expect(database.connections[0]!.isOpen).toBe(false);
  });

  it("rejects with what begin rejects with, and rolls nothing back", async () => {
    const database = createDatabase({ BEGIN: new Error("no connection") });
    let hasRun = false;
    const running = transaction(database, async () => void (hasRun = true));
    await expect(running).rejects.toThrow("no connection");
    expect(hasRun).toBe(false);
    expect(database.statements()).toEqual(["BEGIN"]);
  });

  it("beside another one at the same time has a connection of its own", async () => {
    const database = createDatabase();
    await Promise.all([
      transaction(database, (connection) => connection.write("a")),
      transaction(database, (connection) => connection.write("b")),
    ]);
    expect(database.statements(0)).toEqual(["BEGIN", "write a", "COMMIT"]);
    expect(database.statements(1)).toEqual(["BEGIN", "write b", "COMMIT"]);
  });

  it.each([
    ["no source", undefined, "INVALID_OPTION"],
    ["a source without begin", {}, "INVALID_OPTION"],
  ])("refuses %s", async (_, source, code) => {
    await expect(transaction(source as never, async () => 1)).rejects.toMatchObject({ code });
  });

  it("refuses a promise in place of the work, and begins nothing", async () => {
    const database = createDatabase();
    await expect(transaction(database, Promise.resolve() as never)).rejects.toMatchObject({ code: "NOT_A_FUNCTION" });
    expect(database.connections).toEqual([]);
  });
});

describe("a transaction whose end fails", () => {
  it("is rolled back after a commit that fails, and rejects with what that rejected with", async () => {
    const fault = new Error("deferred constraint");
    const database = createDatabase({ COMMIT: fault });
    expect(await caught(transaction(database, (connection) => connection.write("a")))).toBe(fault);
    expect(database.statements()).toEqual(["BEGIN", "write a", "COMMIT", "ROLLBACK"]);
    expect(database.rows).toEqual(new Map());
  });

  it.each([
    ["a throw", () => Promise.reject(new Error("refused")), "refused", { message: "refused" }],
    ["a Failure", async () => busy, "BUSY: later", busy.error],
  ])("tells a rollback that fails, and %s before it", async (_, work, text, first) => {
    const fault = new Error("connection lost");
    const error = await caught(transaction(createDatabase({ ROLLBACK: fault }), work));
    expect(error).toMatchObject({
      code: "ROLLBACK_FAILED",
      message: `A transaction failed (${text}), and then its rollback (connection lost). Let the source discard the connection.`,
      cause: { errors: [first, fault] },
    });
  });

  it("tells both when the commit and the rollback after it fail, and tries each once", async () => {
    const faults = { COMMIT: new Error("connection lost"), ROLLBACK: new Error("no connection") };
    const database = createDatabase(faults);
    const error = await caught(transaction(database, async () => 1));
    expect(error).toMatchObject({ code: "ROLLBACK_FAILED", cause: { errors: [faults.COMMIT, faults.ROLLBACK] } });
    expect(database.statements()).toEqual(["BEGIN", "COMMIT", "ROLLBACK"]);
  });

  it("tells both when a signal had aborted it", async () => {
    const database = createDatabase({ ROLLBACK: new Error("connection lost") });
    const controller = new AbortController();
    const running = transaction(database, async () => controller.abort("cancelled"), { signal: controller.signal });
    expect(await caught(running)).toMatchObject({ code: "ROLLBACK_FAILED", cause: { errors: ["cancelled", {}] } });
  });
});

describe("a transaction whose signal aborts", () => {
  it("begins nothing when it has aborted before", async () => {
    const database = createDatabase();
    const running = transaction(database, async () => 1, { signal: AbortSignal.abort("cancelled") });
    expect(await caught(running)).toBe("cancelled");
    expect(database.signals).toEqual([]);
  });

  it("hands the signal to begin, and rejects with what that rejects with", async () => {
    const database = createDatabase();
    const controller = new AbortController();
    const running = transaction(database, async () => 1, { signal: controller.signal });
    controller.abort("cancelled");
    expect(await caught(running)).toBe("cancelled");
    expect(database.signals).toEqual([controller.signal]);
    expect(database.connections).toEqual([]);
  });

  it("rejects with the reason also when begin makes an AbortError of it", async () => {
    const controller = new AbortController();
    const source: TransactionSource<never> = {
      begin: () => Promise.reject(new DOMException("The operation was aborted", "AbortError")),
    };
    const running = transaction(source, async () => 1, { signal: controller.signal });
    controller.abort("cancelled");
    expect(await caught(running)).toBe("cancelled");
  });

  it("is rolled back, and its work never begun, when begin went on regardless", async () => {
    const database = createDatabase();
    const controller = new AbortController();
    let hasRun = false;
    const source = { begin: () => database.begin({}) };
    const running = transaction(source, async () => void (hasRun = true), { signal: controller.signal });
    controller.abort("cancelled");
    expect(await caught(running)).toBe("cancelled");
    expect(hasRun).toBe(false);
    expect(database.statements()).toEqual(["BEGIN", "ROLLBACK"]);
  });

  it("aborts the signal of the work, and rolls back once the work has ended", async () => {
    const database = createDatabase();
    const controller = new AbortController();
    const { opened, open } = gate();
    let seen: unknown;
    const running = transaction(
      database,
      async (connection, signal) => {
        controller.abort("cancelled");
        seen = signal.reason;
        await opened;
        await connection.write("late");
      },
      { signal: controller.signal },
    );
    for (let turns = 0; turns < 5; turns++) await turn();
    expect(database.statements()).toEqual(["BEGIN"]);
    open();
    expect(await caught(running)).toBe("cancelled");
    expect(seen).toBe("cancelled");
    expect(database.statements()).toEqual(["BEGIN", "write late", "ROLLBACK"]);
  });

  const answers: [string, () => Promise<unknown>][] = [
    ["fulfils", async () => "done"],
    ["rejects with the reason", () => Promise.reject("cancelled")],
    ["rejects with an AbortError", () => Promise.reject(new DOMException("aborted", "AbortError"))],
    ["gives a Failure with the reason", async () => Result.error("QUERY_FAILED", "aborted", { cause: "cancelled" })],
  ];
  it.each(answers)("rejects with the reason when its work %s", async (_, answer) => {
    const database = createDatabase();
    const controller = new AbortController();
    const work = () => {
      controller.abort("cancelled");
      return answer();
    };
    expect(await caught(transaction(database, work, { signal: controller.signal }))).toBe("cancelled");
    expect(database.statements()).toEqual(["BEGIN", "ROLLBACK"]);
  });

  it("tells a throw of its work that has nothing to do with the abort", async () => {
    const database = createDatabase();
    const controller = new AbortController();
    const work = async () => {
      controller.abort("cancelled");
      throw new Error("refused");
    };
    await expect(transaction(database, work, { signal: controller.signal })).rejects.toThrow("refused");
    expect(database.statements()).toEqual(["BEGIN", "ROLLBACK"]);
  });

  it("gives a Failure of its work that has nothing to do with the abort", async () => {
    const database = createDatabase();
    const controller = new AbortController();
    const work = async () => {
      controller.abort("cancelled");
      return busy;
    };
    expect(await transaction(database, work, { signal: controller.signal })).toBe(busy);
    expect(database.statements()).toEqual(["BEGIN", "ROLLBACK"]);
  });

  it("commits nevertheless when it aborts after the work has ended", async () => {
    const database = createDatabase();
    const controller = new AbortController();
    const source: TransactionSource<FakeConnection> = {
      async begin(options) {
        const open = await database.begin(options);
        const commit = () => {
          controller.abort("too late");
          return open.commit();
        };
        return { ...open, commit };
      },
    };
    await transaction(source, (connection) => connection.write("a"), { signal: controller.signal });
    expect(database.statements()).toEqual(["BEGIN", "write a", "COMMIT"]);
  });

  it("leaves no listener, however it ends", async () => {
    const { signal } = new AbortController();
    const listeners = listenersOf(signal);
    const database = createDatabase({ "SAVEPOINT s1": new Error("refused") });
    await transaction(database, async () => 1, { signal });
    await caught(transaction(database, () => Promise.reject(new Error("refused")), { signal }));
    await transaction(database, () => caught(transaction(database, async () => 1, { signal })), { signal });
    await caught(transaction({ begin: () => Promise.reject(new Error("refused")) }, async () => 1, { signal }));
    expect(listeners.size).toBe(0);
  });

  it("gives its work a signal that aborts at the end, so that nothing is left running", async () => {
    let signal!: AbortSignal;
    await transaction(createDatabase(), async (_, given) => {
      signal = given;
      expect(signal.aborted).toBe(false);
    });
    expect(signal.reason).toMatchObject({ code: "TRANSACTION_ENDED" });
  });
});

describe("a nested transaction", () => {
  it("is a savepoint, and kept when the outer one commits", async () => {
    const database = createDatabase();
    await transaction(database, async (connection) => {
      await connection.write("a");
      await transaction(database, (connection) => connection.write("b"));
      await connection.write("c");
    });
    expect(database.statements()).toEqual([
      "BEGIN",
      "write a",
      "SAVEPOINT s1",
      "write b",
      "RELEASE s1",
      "write c",
      "COMMIT",
    ]);
    expect([...database.rows.keys()]).toEqual(["a", "b", "c"]);
  });

  it.each([
    ["gives a Failure", async () => busy],
    ["throws", () => Promise.reject(new Error("refused"))],
  ])("that %s alone is rolled back, and the outer one may commit", async (_, ending) => {
    const database = createDatabase();
    await transaction(database, async (connection) => {
      await connection.write("a");
      await caught(
        transaction(database, async (connection) => {
          await connection.write("b");
          return ending();
        }),
      );
      await connection.write("c");
    });
    expect(database.statements().slice(2, -2)).toEqual(["SAVEPOINT s1", "write b", "ROLLBACK TO s1"]);
    expect([...database.rows.keys()]).toEqual(["a", "c"]);
  });

  it("that has succeeded is undone when the outer one fails", async () => {
    const database = createDatabase();
    await transaction(database, async () => {
      await transaction(database, (connection) => connection.write("b"));
      return busy;
    });
    expect(database.rows).toEqual(new Map());
  });

  it("within a nested one is a savepoint in that, and waits for nobody", async () => {
    const database = createDatabase();
    await transaction(database, () =>
      transaction(database, () => transaction(database, (connection) => connection.write("a"))),
    );
    expect(database.statements()).toEqual([
      "BEGIN",
      "SAVEPOINT s1",
      "SAVEPOINT s2",
      "write a",
      "RELEASE s2",
      "RELEASE s1",
      "COMMIT",
    ]);
  });

  it("waits until those that were begun before it have ended, also when they fail", async () => {
    const database = createDatabase();
    const outcomes = await transaction(database, () =>
      Promise.allSettled(
        ["a", "b", "c"].map((key) =>
          transaction(database, async (connection) => {
            await connection.write(key);
            if (key === "b") throw new Error("refused");
          }),
        ),
      ),
    );
    expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    expect(database.statements()).toEqual([
      ...["BEGIN", "SAVEPOINT s1", "write a", "RELEASE s1", "SAVEPOINT s2", "write b", "ROLLBACK TO s2"],
      ...["SAVEPOINT s3", "write c", "RELEASE s3", "COMMIT"],
    ]);
    expect([...database.rows.keys()]).toEqual(["a", "c"]);
  });

  it("keeps the context of its caller while it waits", async () => {
    const database = createDatabase();
    const names = new AsyncLocalStorage<string>();
    const seen: unknown[] = [];
    const note = async () => void seen.push(names.getStore());
    await transaction(database, () =>
      Promise.all(["a", "b"].map((name) => names.run(name, () => transaction(database, note)))),
    );
    expect(seen).toEqual(["a", "b"]);
  });

  it("of another source is independent, and one of the first within that a savepoint again", async () => {
    const [orders, audit] = [createDatabase(), createDatabase()];
    await transaction(orders, () =>
      transaction(audit, async (connection) => {
        await connection.write("a");
        await transaction(orders, (connection) => connection.write("b"));
        return busy;
      }),
    );
    expect(orders.statements()).toEqual(["BEGIN", "SAVEPOINT s1", "write b", "RELEASE s1", "ROLLBACK"]);
    expect(audit.statements()).toEqual(["BEGIN", "write a", "ROLLBACK"]);
  });

  it("is refused by a source without savepoints; the outer one may commit", async () => {
    const database = createDatabase();
    const source: TransactionSource<FakeConnection> = {
      async begin(options) {
        const { connection, commit, rollback } = await database.begin(options);
        return { connection, commit, rollback };
      },
    };
    const error = await transaction(source, () => caught(transaction(source, async () => 1)));
    expect(error).toMatchObject({ code: "NESTING_UNSUPPORTED" });
    expect(database.statements()).toEqual(["BEGIN", "COMMIT"]);
  });

  it("rejects when its savepoint cannot be set; the outer one may commit", async () => {
    const fault = new Error("too many savepoints");
    const database = createDatabase({ "SAVEPOINT s1": fault });
    expect(await transaction(database, () => caught(transaction(database, async () => 1)))).toBe(fault);
    expect(database.statements()).toEqual(["BEGIN", "SAVEPOINT s1", "COMMIT"]);
  });

  it("is rolled back when its savepoint cannot be released; the outer one may commit", async () => {
    const fault = new Error("refused");
    const database = createDatabase({ "RELEASE s1": fault });
    expect(await transaction(database, () => caught(transaction(database, async () => 1)))).toBe(fault);
    expect(database.statements()).toEqual(["BEGIN", "SAVEPOINT s1", "RELEASE s1", "ROLLBACK TO s1", "COMMIT"]);
  });

  it("that cannot be rolled back takes the outer one with it, whatever that makes of it", async () => {
    const database = createDatabase({ "ROLLBACK TO s1": new Error("connection lost") });
    const running = transaction(database, async (_, signal) => {
      const error = await caught(transaction(database, () => Promise.reject(new Error("refused"))));
      expect(signal.reason).toBe(error);
      return "goes on";
    });
    await expect(running).rejects.toMatchObject({ code: "ROLLBACK_FAILED" });
    expect(database.statements()).toEqual(["BEGIN", "SAVEPOINT s1", "ROLLBACK TO s1", "ROLLBACK"]);
  });
});

describe("a nested transaction and signals", () => {
  it("is rolled back by its own signal, and the outer one goes on", async () => {
    const database = createDatabase();
    const controller = new AbortController();
    await transaction(database, async (connection) => {
      const nested = transaction(database, async () => controller.abort("cancelled"), { signal: controller.signal });
      expect(await caught(nested)).toBe("cancelled");
      await connection.write("a");
    });
    expect(database.statements()).toEqual(["BEGIN", "SAVEPOINT s1", "ROLLBACK TO s1", "write a", "COMMIT"]);
  });

  it("is rolled back by the signal of the outer one, which its work is told", async () => {
    const database = createDatabase();
    const controller = new AbortController();
    const running = transaction(
      database,
      () =>
        transaction(database, async (_, signal) => {
          controller.abort("cancelled");
          expect(signal.reason).toBe("cancelled");
        }),
      { signal: controller.signal },
    );
    expect(await caught(running)).toBe("cancelled");
    expect(database.statements()).toEqual(["BEGIN", "SAVEPOINT s1", "ROLLBACK TO s1", "ROLLBACK"]);
  });

  it("sets no savepoint in a transaction that was aborted", async () => {
    const database = createDatabase();
    const controller = new AbortController();
    const running = transaction(
      database,
      async () => {
        controller.abort("cancelled");
        expect(await caught(transaction(database, async () => 1))).toBe("cancelled");
      },
      { signal: controller.signal },
    );
    expect(await caught(running)).toBe("cancelled");
    expect(database.statements()).toEqual(["BEGIN", "ROLLBACK"]);
  });

  it("that waits for its turn rejects at once, and those behind it keep theirs", async () => {
    const database = createDatabase();
    const controller = new AbortController();
    const { opened, open } = gate();
    await transaction(database, async () => {
      const first = transaction(database, () => opened);
      const second = transaction(database, async () => 2, { signal: controller.signal });
      const third = transaction(database, async () => 3);
      controller.abort("cancelled");
      expect(await caught(second)).toBe("cancelled");
      expect(database.statements()).toEqual(["BEGIN", "SAVEPOINT s1"]);
      open();
      expect(await Promise.all([first, third])).toEqual([undefined, 3]);
    });
    expect(database.statements()).toEqual([
      "BEGIN",
      "SAVEPOINT s1",
      "RELEASE s1",
      "SAVEPOINT s2",
      "RELEASE s2",
      "COMMIT",
    ]);
  });
});

describe("a nested transaction that nobody waits for", () => {
  it("is cancelled when the work of the outer one ends, and the whole is rolled back after it", async () => {
    const database = createDatabase();
    const { opened, open } = gate();
    let nested!: Promise<unknown>;
    const running = transaction(database, async () => {
      nested = caught(
        transaction(database, async (connection, signal) => {
          open();
          await turn();
          expect(signal.reason).toMatchObject({ code: "TRANSACTION_ENDED" });
          await connection.write("a");
        }),
      );
      await opened;
    });
    await expect(running).rejects.toMatchObject({
      code: "TRANSACTION_ENDED",
      message: "Work went on after its transaction had ended. Await it in the function that the transaction runs.",
    });
    expect(await nested).toBe(await caught(running));
    expect(database.statements()).toEqual(["BEGIN", "SAVEPOINT s1", "write a", "ROLLBACK TO s1", "ROLLBACK"]);
  });

  it("is not even begun while it waits for its turn", async () => {
    const database = createDatabase();
    const begun: string[] = [];
    const running = transaction(database, async () => {
      void caught(transaction(database, async () => void begun.push("first")));
      void caught(transaction(database, async () => void begun.push("second")));
    });
    await expect(running).rejects.toMatchObject({ code: "TRANSACTION_ENDED" });
    expect(begun).not.toContain("second");
    expect(database.statements().at(-1)).toBe("ROLLBACK");
  });

  it.each([
    ["a Failure", async () => busy, busy],
    ["what was thrown", () => Promise.reject("refused"), "refused"],
  ])("leaves the outer one %s", async (_, ending, expected) => {
    const database = createDatabase();
    const { opened, open } = gate();
    const running = transaction(database, async () => {
      const nested = async () => {
        open();
        await turn();
      };
      void caught(transaction(database, nested));
      await opened;
      return ending();
    });
    expect(await running.catch((error: unknown) => error)).toBe(expected);
    expect(database.statements()).toEqual(["BEGIN", "SAVEPOINT s1", "ROLLBACK TO s1", "ROLLBACK"]);
  });

  it("because it was late fails the whole, so that nothing is kept of which nobody knows", async () => {
    const database = createDatabase();
    const clock = fakeClock();
    const running = clock.run(() =>
      caught(
        transaction(database, () =>
          withTimeout(() => transaction(database, () => sleep(100)), { timeoutMs: 50 }).catch(() => "a fallback"),
        ),
      ),
    );
    await clock.advance(100);
    expect(await running).toMatchObject({ code: "TRANSACTION_ENDED" });
    expect(database.statements()).toEqual(["BEGIN", "SAVEPOINT s1", "ROLLBACK TO s1", "ROLLBACK"]);
  });

  it("is none in a task group, which waits for it", async () => {
    const database = createDatabase();
    await transaction(database, () =>
      taskGroup(async (group) => {
        for (const key of ["a", "b"]) {
          void group.run(() => transaction(database, (connection) => connection.write(key)));
        }
      }),
    );
    expect([...database.rows.keys()]).toEqual(["a", "b"]);
  });
});

describe("a call that outlives its transaction", () => {
  it.each([
    ["committed", "done"],
    ["rolled back", busy],
  ])("is refused once that was %s", async (_, outcome) => {
    const database = createDatabase();
    const { opened, open } = gate();
    let late!: Promise<unknown>;
    await transaction(database, async () => {
      late = opened.then(() => caught(transaction(database, async () => 1)));
      return outcome;
    });
    open();
    expect(await late).toMatchObject({
      code: "TRANSACTION_ENDED",
      message:
        "transaction was called after its transaction had ended. Await it in the function that the transaction runs.",
    });
    expect(database.statements()).toHaveLength(2);
    expect(database.connections).toHaveLength(1);
  });

  it("is refused when only the nested one that it was begun in has ended", async () => {
    const database = createDatabase();
    const { opened, open } = gate();
    await transaction(database, async () => {
      let late!: Promise<unknown>;
      await transaction(database, async () => {
        late = opened.then(() => caught(transaction(database, async () => 1)));
      });
      open();
      expect(await late).toMatchObject({ code: "TRANSACTION_ENDED" });
    });
    expect(database.statements()).toEqual(["BEGIN", "SAVEPOINT s1", "RELEASE s1", "COMMIT"]);
  });

  it("is refused while the transaction is being committed", async () => {
    const database = createDatabase();
    let late!: Promise<unknown>;
    const { opened, open } = gate();
    const source: TransactionSource<FakeConnection> = {
      async begin(options): Promise<OpenTransaction<FakeConnection>> {
        const transaction = await database.begin(options);
        const commit = async () => {
          open();
          await late;
          await transaction.commit();
        };
        return { ...transaction, commit };
      },
    };
    await transaction(source, async () => {
      late = opened.then(() => caught(transaction(source, async () => 1)));
    });
    expect(await late).toMatchObject({ code: "TRANSACTION_ENDED" });
  });

  it("has a transaction of its own when it was begun in the context from before", async () => {
    const database = createDatabase();
    const outside = AsyncLocalStorage.snapshot();
    let independent!: Promise<unknown>;
    await transaction(database, async () => {
      independent = outside(() => transaction(database, (connection) => connection.write("a")));
      return busy;
    });
    await independent;
    expect([...database.rows.keys()]).toEqual(["a"]);
  });
});

describe("findConnection", () => {
  it("gives the connection of the transaction that the caller runs in, and nothing outside of one", async () => {
    const [database, other] = [createDatabase(), createDatabase()];
    expect(findConnection(database)).toBe(undefined);
    await transaction(database, async (connection) => {
      await turn();
      expect(findConnection(database)).toBe(connection);
      expect(findConnection(other)).toBe(undefined);
      await transaction(other, async () => void expect(findConnection(database)).toBe(connection));
    });
    expect(findConnection(database)).toBe(undefined);
  });

  it("gives nothing to begin, which makes the connection", async () => {
    const database = createDatabase();
    const source: TransactionSource<FakeConnection> = {
      async begin(options) {
        expect(findConnection(source)).toBe(undefined);
        return database.begin(options);
      },
    };
    await transaction(source, async () => void expect(findConnection(source)).toBe(database.connections[0]));
  });

  it("gives a nested call the connection of its savepoint", async () => {
    const open = (name: string): OpenTransaction<string> => ({
      connection: name,
      commit: async () => {},
      rollback: async () => {},
      savepoint: async () => open(`${name}.s`),
    });
    const source: TransactionSource<string> = { begin: async () => open("t") };
    await transaction(source, async () => {
      await transaction(source, async () => void expect(findConnection(source)).toBe("t.s"));
      expect(findConnection(source)).toBe("t");
    });
  });

  it("refuses what the nested call that is running could undo, and serves again when that has ended", async () => {
    const database = createDatabase();
    await transaction(database, async (connection) => {
      const nested = transaction(database, async () => busy);
      expect(() => findConnection(database)).toThrow(expect.objectContaining({ code: "TRANSACTION_BUSY" }));
      await nested;
      expect(findConnection(database)).toBe(connection);
    });
  });

  it("refuses a caller whose transaction has ended", async () => {
    const database = createDatabase();
    const { opened, open } = gate();
    let late!: Promise<unknown>;
    await transaction(database, async () => {
      late = caught(opened.then(() => findConnection(database)));
    });
    open();
    expect(await late).toMatchObject({
      code: "TRANSACTION_ENDED",
      message:
        "findConnection was called after its transaction had ended. Await it in the function that the transaction runs.",
    });
  });
});

describe("tracing", () => {
  const exporter = new InMemorySpanExporter();

  afterEach(() => {
    exporter.reset();
    trace.disable();
  });

  it("shows each transaction as a span, with the nested ones in it and with what it rejects with", async () => {
    new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }).register();
    const database = createDatabase();
    await transaction(database, () => caught(transaction(database, () => Promise.reject(new Error("refused")))));
    const [nested, outer] = exporter.getFinishedSpans();
    expect(outer).toMatchObject({
      name: "phasewise.transaction",
      attributes: { "phasewise.transaction.nested": false },
      status: { code: 0 },
    });
    expect(nested).toMatchObject({
      name: "phasewise.transaction",
      attributes: { "phasewise.transaction.nested": true },
      status: { code: 2, message: "refused" },
      parentSpanContext: { spanId: outer!.spanContext().spanId },
    });
  });

  it("changes nothing about a nested transaction that nobody waits for", async () => {
    new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }).register();
    const database = createDatabase();
    const running = transaction(database, async () => void caught(transaction(database, async () => 1)));
    await expect(running).rejects.toMatchObject({ code: "TRANSACTION_ENDED" });
    expect(database.statements()).toEqual(["BEGIN", "ROLLBACK"]);
  });
});

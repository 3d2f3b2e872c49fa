import { describe, expect, it } from "vitest";
import { withAbort } from "../../../src/runtime/tasks/with-abort.js";
import { listenersOf } from "./listeners-of.js";

describe("withAbort", () => {
  it("settles like the promise, and listens no longer than that", async () => {
    const { signal } = new AbortController();
    const listeners = listenersOf(signal);
    await expect(withAbort(Promise.resolve(1), signal)).resolves.toBe(1);
    await expect(withAbort(Promise.reject("refused"), signal)).rejects.toBe("refused");
    expect(listeners.size).toBe(0);
  });

  it("rejects with the reason when the signal aborts, or has aborted, and handles a late rejection", async () => {
    const controller = new AbortController();
    let reject!: (error: unknown) => void;
    const late = new Promise<never>((_, fail) => (reject = fail));
    const waiting = withAbort(late, controller.signal);
    controller.abort("enough");
    await expect(waiting).rejects.toBe("enough");
    await expect(withAbort(late, controller.signal)).rejects.toBe("enough");
    reject(new Error("late"));
  });
});

import { setImmediate as nextTurn } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { Scope } from "../../../src/runtime/tasks/scope.js";
import { listenersOf } from "./listeners-of.js";

describe("Scope", () => {
  it("ends once, with the first reason, and its signal aborts then", () => {
    const scope = new Scope();
    const { signal } = scope;
    expect([scope.hasEnded, scope.reason, signal.aborted]).toEqual([false, undefined, false]);
    scope.end("first");
    scope.end("second");
    expect([scope.hasEnded, scope.reason, signal.aborted, signal.reason]).toEqual([true, "first", true, "first"]);
  });

  it("has a signal that has aborted when it is asked for after the end", () => {
    const scope = new Scope();
    scope.end("over");
    expect(scope.signal.reason).toBe("over");
    expect(scope.signal).toBe(scope.signal);
  });

  it("can end by an error that is made when somebody asks for it, once", () => {
    let made = 0;
    const makeReason = () => new Error(`made ${++made}`);
    const [scope, heard] = [new Scope(), new Scope()];
    scope.endBy(makeReason);
    expect([scope.hasEnded, made]).toEqual([true, 0]);
    expect([scope.signal.reason, scope.reason]).toEqual([new Error("made 1"), new Error("made 1")]);
    const { signal } = heard;
    heard.endBy(makeReason);
    expect(signal.reason).toEqual(new Error("made 2"));
  });

  it("throws its reason, and calls back with it, when it has ended", () => {
    const scope = new Scope();
    const told: unknown[] = [];
    scope.throwIfAborted();
    scope.onEnd((reason) => told.push(reason));
    scope.onEnd(() => told.push("stopped"))();
    scope.end("over");
    scope.onEnd((reason) => told.push(reason));
    expect(told).toEqual(["over", "over"]);
    expect(() => scope.throwIfAborted()).toThrow("over");
  });

  it("ends with its parent, for the same reason, at any depth", () => {
    const parent = new Scope();
    const child = new Scope(parent);
    const grandchild = new Scope(child);
    parent.end("over");
    expect([child.reason, grandchild.signal.reason]).toEqual(["over", "over"]);
  });

  it("ends without its parent and its siblings", () => {
    const parent = new Scope();
    const [child, sibling] = [new Scope(parent), new Scope(parent)];
    child.end("over");
    expect([parent.hasEnded, sibling.hasEnded]).toEqual([false, false]);
    parent.end("later");
    expect([child.reason, sibling.reason]).toEqual(["over", "later"]);
  });

  it("has ended from the beginning when its parent has", () => {
    const parent = new Scope();
    parent.end("over");
    expect(new Scope(parent).reason).toBe("over");
    expect(new Scope(AbortSignal.abort("aborted")).reason).toBe("aborted");
  });

  it("ends with the signal that it was given, and listens to it no longer than it lasts", () => {
    const controller = new AbortController();
    const listeners = listenersOf(controller.signal);
    const [scope, early] = [new Scope(controller.signal), new Scope(controller.signal)];
    early.end("early");
    expect(listeners.size).toBe(1);
    controller.abort("aborted");
    expect([scope.reason, early.reason]).toEqual(["aborted", "early"]);
    expect(listeners.size).toBe(0);
  });

  it("is told nothing by its parent once it has ended, because the parent has let go of it", () => {
    const parent = new Scope();
    const told: string[] = [];
    const [ended, lasting] = [new Scope(parent), new Scope(parent)];
    ended.end("early");
    ended.end = () => void told.push("ended");
    lasting.end = () => void told.push("lasting");
    parent.end("over");
    expect(told).toEqual(["lasting"]);
  });

  it("ends a part that was added to it, unless it was released", () => {
    const scope = new Scope();
    const told: unknown[] = [];
    const part = { end: (reason: unknown) => void told.push(reason) };
    scope.add(part);
    scope.add({ end: () => void told.push("released") })();
    scope.end("over");
    expect(told).toEqual(["over"]);
    scope.add(part);
    expect(told).toEqual(["over", "over"]);
  });

  it("has a signal that any number may listen to without a warning", async () => {
    const warnings: Error[] = [];
    const note = (warning: Error) => void warnings.push(warning);
    process.on("warning", note);
    const { signal } = new Scope();
    for (let count = 0; count < 20; count++) signal.addEventListener("abort", () => {});
    await nextTurn();
    process.off("warning", note);
    expect(warnings).toEqual([]);
  });
});

import childProcess from "node:child_process";
import crypto from "node:crypto";
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import zlib from "node:zlib";

type AnyFunction = (this: unknown, ...args: unknown[]) => unknown;

/** Told before each call: the name of the function, and the function itself, above which the stack of the caller begins. */
type OnCall = (label: string, callee: AnyFunction) => void;

const owners: Readonly<Record<string, object>> = { fs, child_process: childProcess, crypto, zlib, Atomics };

/**
 * Replaces every function of Node that blocks by one that reports the call and then makes it: those that the rule
 * `no-sync-io` knows. Gives the function that puts everything back.
 */
export function watchBlockingFunctions(onCall: OnCall): () => void {
  const restorations = Object.entries(owners).flatMap(([name, owner]) => {
    const functions = owner as Record<string, AnyFunction>;
    return Object.keys(Object.getOwnPropertyDescriptors(owner))
      .filter((member) => isBlocking(owner, member) && typeof functions[member] === "function")
      .map((member) => replace(functions, member, `${name}.${member}`, onCall));
  });
  syncBuiltinESMExports();
  return () => {
    for (const restore of restorations) restore();
    syncBuiltinESMExports();
  };
}

function isBlocking(owner: object, member: string): boolean {
  return owner === Atomics ? member === "wait" : /(?:^s|S)ync$/.test(member);
}

/** Of guards that overlap, one that ends first leaves the other in place, and goes quiet. */
function replace(owner: Record<string, AnyFunction>, member: string, label: string, onCall: OnCall): () => void {
  const original = owner[member]!;
  let isWatching = true;
  const replacement: AnyFunction = function (...args) {
    if (isWatching) onCall(label, replacement);
    return Reflect.apply(original, this, args);
  };
  Object.defineProperties(replacement, Object.getOwnPropertyDescriptors(original));
  owner[member] = replacement;
  return () => {
    isWatching = false;
    if (owner[member] === replacement) owner[member] = original;
  };
}

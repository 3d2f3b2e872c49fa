import { Console } from "node:console";
import { Writable } from "node:stream";
import { format, inspect } from "node:util";
import { createLogger, Result } from "@phasewise/runtime";
import { Secret } from "@phasewise/runtime/platform";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

const text = "hidden-text";
const secret = new Secret(text);

function printed(print: (console: Console) => void): string {
  let output = "";
  const stdout = new Writable({
    write(chunk, _encoding, done) {
      output += String(chunk);
      done();
    },
  });
  print(new Console({ stdout }));
  return output;
}

function logged(format: "json" | "text", fields: Readonly<Record<string, unknown>>): string {
  let output = "";
  createLogger({ format, write: (line) => (output += line) }).info("read", fields);
  return output;
}

describe("Secret", () => {
  it("gives its text to who reveals it", () => {
    expect(secret.reveal()).toBe(text);
  });

  it.each<[string, () => unknown]>([
    ["as a string", () => String(secret)],
    ["in a template", () => `${secret}`],
    ["added to a text", () => "key: " + secret],
    ["in a joined list", () => [secret].join()],
    ["as JSON", () => JSON.stringify({ secret })],
    ["inspected", () => inspect(secret)],
    ["inspected with all that is hidden", () => inspect({ secret }, { showHidden: true, depth: 9, getters: true })],
    ["formatted", () => format("%s %o %O %j", secret, secret, secret, secret)],
    ["printed", () => printed((console) => console.log(secret, [secret], { secret }))],
    ["printed as a table", () => printed((console) => console.table([{ secret }]))],
    ["logged as JSON", () => logged("json", { key: secret, list: [secret] })],
    ["logged as text", () => logged("text", { key: secret, list: [secret] })],
    ["in a Success as JSON", () => JSON.stringify(Result.toJSON(Result.success({ secret })))],
    ["in a Failure as JSON", () => JSON.stringify(Result.toJSON(Result.error("A", "a", { details: { secret } })))],
    ["in a formatted Failure", () => Result.format(Result.error("A", "a", { details: { secret }, cause: secret }))],
  ])("is [redacted] %s", (_, show) => {
    expect(show()).toContain("[redacted]");
    expect(show()).not.toContain(text);
  });

  it.each<[string, () => unknown]>([
    ["a spread", () => ({ ...secret })],
    ["a structured clone", () => ({ ...structuredClone(secret) })],
    ["its entries", () => Object.fromEntries(Object.entries(secret))],
    ["what reflection finds on it", () => Object.fromEntries(Reflect.ownKeys(secret).entries())],
  ])("gives nothing to %s", (_, copy) => {
    expect(copy()).toEqual({});
  });

  it("keeps any text, and shows none", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: "binary" }), (any) => {
        const own = new Secret(any);
        expect(own.reveal()).toBe(any);
        expect([`${own}`, inspect(own), JSON.stringify(own)]).toEqual(["[redacted]", "[redacted]", '"[redacted]"']);
      }),
    );
  });
});

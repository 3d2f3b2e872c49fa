import { describe } from "vitest";
import { type Pair, testRule } from "../rule-tester.js";

const head = `
import { Service } from "@phasewise/runtime";
import { PlainLedger } from "./invoice-service.js";
import { loadRates, getDefaultRates } from "./rates.js";
class Failed extends Error {}
const cache = { reads: 0 };
`;
const fields =
  "#rates?: string[]; #ledger?: PlainLedger; #names = [`a`]; #loading?: Promise<string>; #counts = new Map<string, number>(); #value?: string; #loose: any;";

interface Getter extends Omit<Pair, "errors" | "invalid" | "valid"> {
  readonly messageId: "keepsValue" | "work" | "writes";
  /** The code of a getter `it`. */
  readonly invalid: string;
  readonly valid: string;
}

function testGetters(pairs: readonly Getter[]): void {
  const inService = (code: string) => `${head}export class Mail extends Service { ${fields} get it() { ${code} } }`;
  testRule(
    "no-getter-work",
    pairs.map(({ messageId, ...pair }) => ({
      ...pair,
      invalid: inService(pair.invalid),
      valid: inService(pair.valid),
      errors: [...pair.invalid.matchAll(/«([^«]*?)»/g)].map(([, code = ""]) => ({
        messageId,
        data: { getter: "Mail.it", code },
      })),
    })),
  );
}

describe("work", () => {
  testGetters([
    {
      name: "a function of the workspace, but not a field",
      messageId: "work",
      invalid: "return «getDefaultRates()»;",
      valid: "return this.#rates;",
    },
    {
      name: "an object made at each read, but not one that fills a field",
      messageId: "work",
      invalid: "return «new PlainLedger()»;",
      valid: "return (this.#ledger ??= new PlainLedger());",
    },
    {
      name: "a promise made at each read, but not one that is kept",
      messageId: "work",
      invalid: "return «loadRates()»;",
      valid: "this.#loading ??= loadRates(); return this.#loading;",
    },
    {
      name: "a call around a field that is filled",
      messageId: "work",
      invalid: "return «Promise.resolve(this.#value ??= ``).then(String)»;",
      valid: "return (this.#value ||= getDefaultRates().join());",
    },
    {
      name: "a field that is filled if it is empty, and what comes after",
      messageId: "work",
      invalid: "if (!this.#ledger) { this.#ledger = new PlainLedger(); «loadRates()»; } return this.#ledger;",
      valid:
        "if (this.#ledger === undefined) { const made = new PlainLedger(); this.#ledger = made; } return this.#ledger;",
    },
    {
      name: "a change of a field in place, but not what is computed from it",
      messageId: "work",
      invalid: "return «this.#names.shift()»;",
      valid:
        "return [...this.#names].sort().map((it) => it.toUpperCase()).join() + this.#names.length + this.#counts.size;",
    },
    {
      name: "a callback that runs at once",
      messageId: "work",
      invalid: "return this.#names.map((it) => «loadRates()»);",
      valid: "return () => loadRates();",
    },
    {
      name: "a branch, but not the error that it throws",
      messageId: "work",
      invalid: "if (!this.#rates) «getDefaultRates()»; return this.#rates;",
      valid: "if (!this.#rates) throw new Failed(); return this.#rates;",
    },
    {
      name: "an expression of several calls, once",
      messageId: "work",
      invalid: "return «loadRates().then(() => getDefaultRates())»;",
      valid: "return this.#names.at(-1)?.trim() ?? `${this.#value}`;",
    },
    {
      name: "a known function, but none whose type does not resolve",
      messageId: "work",
      invalid: "return «getDefaultRates()».length;",
      valid: "return [missing(), this.#loose.shift()];",
    },
    {
      name: "another question than whether the service is initialized",
      messageId: "work",
      invalid: "if («getDefaultRates()».length) throw new Failed(); return this.#value;",
      valid: "if (!this.requireInitialized().success) throw new Failed(); return this.#value;",
    },
    {
      name: "a module that is loaded",
      messageId: "work",
      invalid: "return «import(`node:fs`)»;",
      valid: "return typeof this.#value === `string` && !this.#rates ? 1 : -2;",
    },
  ]);
});

describe("a write", () => {
  testGetters([
    {
      name: "one at each read, but not one that fills",
      messageId: "writes",
      invalid: "«this.#ledger = new PlainLedger()»; return this.#ledger;",
      valid: "if (this.#ledger) return this.#ledger; this.#ledger = new PlainLedger(); return this.#ledger;",
    },
    {
      name: "one that asks for another field",
      messageId: "writes",
      invalid: "if (!this.#rates) «this.#value = ``»; return this.#value;",
      valid: "if (!this.#value) this.#value = ``; return this.#value;",
    },
    {
      name: "a question that comes too late",
      messageId: "writes",
      invalid: "«this.#value = ``»; if (!this.#value) return ``; return this.#value;",
      valid: "return this.#value ?? (this.#value = ``);",
    },
    {
      name: "a counter, but not a variable",
      messageId: "writes",
      invalid: "«cache.reads++»; «cache.reads += 1»; return 1;",
      valid: "let reads = 0; reads++; reads += 1; reads = 2; return reads;",
    },
    {
      name: "one of another object",
      messageId: "writes",
      invalid: "if (!cache.reads) «cache.reads = 1»; return 1;",
      valid: "return this.#value ? this.#value : (this.#value = ``);",
    },
  ]);
});

describe("a value that is kept after waiting", () => {
  testGetters([
    {
      name: "by an async function, but not the promise",
      messageId: "keepsValue",
      invalid: "return (async () => («this.#value ??= await loadRates()»))();",
      valid: "return (this.#loading ??= (async () => (this.#value = await loadRates()))());",
    },
    {
      name: "by a callback of then",
      messageId: "keepsValue",
      invalid:
        "if (this.#value) return Promise.resolve(this.#value); return loadRates().then((it) => («this.#value = it»));",
      valid: "if (this.#loading) return this.#loading; this.#loading = loadRates(); return this.#loading;",
    },
    {
      name: "one of several",
      messageId: "keepsValue",
      invalid: "return loadRates().then(async (it) => { «this.#value = it»; });",
      valid: "return () => { this.#value = ``; };",
    },
  ]);
});

describe("a class", () => {
  const errors = [{ messageId: "work", data: { getter: "Mail.#it", code: "getDefaultRates()" } }];
  testRule("no-getter-work", [
    {
      name: "a service, by a private getter too",
      invalid: `${head}export class Mail extends Service { get #it() { return «getDefaultRates()»; } }`,
      errors,
      valid: `${head}export class Mail extends PlainLedger { get #it() { return getDefaultRates(); } set it(it: string) { getDefaultRates(); } }`,
    },
    {
      name: "a static getter, but not that of another object",
      invalid: `${head}export const Mail = class extends Service { static get it() { return «getDefaultRates()»; } };`,
      errors: [{ messageId: "work", data: { getter: "it", code: "getDefaultRates()" } }],
      valid: `${head}export class Mail extends Service { find() { return { get it() { return getDefaultRates(); } }; } }`,
    },
  ]);
});

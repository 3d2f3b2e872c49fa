import type { Files } from "./workspace.js";

/** Code of many kinds that the rules report: JavaScript and TypeScript, both kinds of line ends, all that may shift a position. */
export const corpus: Files = {
  "modules/files/read.ts": `import { readFileSync as slurp } from "node:fs";

export function readJson(path: string): unknown {
  return JSON.parse(slurp(path, "utf8"));
}

export const loadConfig = () => readJson("config.json");

export function readOnce(path: string): string {
  // eslint-disable-next-line phasewise/no-sync-io -- read before anything is served
  return slurp(path, "utf8");
}
`,
  "modules/files/crlf.ts": `import { execSync } from "node:child_process";\r\n\r\nexport const list = () => execSync("ls");\r\nexport async function run() {\r\n  /* 😀 */ list();\r\n}\r\n`,
  "modules/files/bom.ts": `\uFEFF/* é😀 */ import fs from "node:fs"; fs.existsSync("a");\nexport const text = "👩‍👩‍👧"; fs.existsSync(text);\n`,
  "modules/files/bom-crlf.ts": `\uFEFFimport fs from "node:fs";\r\n/* 日本 */ ["a"].map(fs.existsSync);\r\nexport {};\r\n`,
  "modules/files/common.cts": `import fs = require("node:fs");\nconst { readFileSync } = require("node:fs");\nfs.statSync("a");\nreadFileSync("a");\nexport = fs;\n`,
  "modules/files/esm.mts": `import { gzipSync } from "node:zlib";\nimport { loadConfig } from "./read.js";\n\nexport const zipped = gzipSync("a");\nexport const run = async () => [loadConfig()];\n`,
  "modules/files/plain.js": `import { loadConfig } from "./read.js";\n\nexport async function run() {\n  loadConfig();\n  run();\n}\n`,
  "modules/files/plain.mjs": `import { readdirSync } from "node:fs";\n\nexport const entries = readdirSync(".");\n`,
  "modules/files/plain.cjs": `const { spawnSync } = require("node:child_process");\n\nmodule.exports = () => spawnSync("ls");\n`,
  "modules/files/page.tsx": `import { loadConfig } from "./read.js";\n\ndeclare namespace JSX {\n  interface IntrinsicElements { p: object }\n}\n\nexport async function Page() {\n  return <p title={loadConfig()}>{"😀"}</p>;\n}\n\nPage();\n`,
  "modules/files/silent.ts": `/* eslint-disable phasewise/no-sync-io -- a script */
import fs from "node:fs";
fs.readFileSync("a");
/* eslint-enable phasewise/no-sync-io */
fs.readFileSync("b");
fs.readFileSync("c"); // eslint-disable-line phasewise/no-sync-io -- once
fs.readFileSync("e"); // eslint-disable-line phasewise/no-floating-promises -- another rule
import("./read.js"); // eslint-disable-line -- all rules
`,
  "modules/files/silent-callers.ts": `import { readOnce } from "./read.js";\n\nexport async function run() {\n  readOnce("a");\n}\n`,
  "modules/files/floating.ts": `const make = async () => 1;

make();
void make();
/* 😀 */ [make(), make()];
make().catch(undefined);
make().catch(() => {});
make().then(() => {
  make();
}).finally(() => {});
await make();
export class Held {
  static {
    make();
  }
}
`,
  "modules/files/misused.ts": `const make = async (text = "é😀") => text;
interface Base { run(): void; other: () => void }
class Heir implements Base {
  async run() {}
  other = async () => {};
}
abstract class Further extends Heir {
  declare other: () => Promise<void>;
  abstract accessor more: () => void;
}
if (make()) [1].forEach(async () => {});
const late: () => void = make, other: Base = { run: async (each = 1) => {}, async other(): Promise<void> {} };
setTimeout(make); [1].filter(make); ["😀"].sort(async () => 1);
const text = \`\${make()} \${{ ...make() }}\`;
function returns(): () => void { return make; }
using held = { async [Symbol.dispose]() {} };
new AbortController().signal.onabort = async () => {};
for (let index = 0; make() ?? index; index++) while (!make()) do {} while (make() && index);
export { Further, held, late, other, returns, text };
`,
  "modules/files/waiting.ts": `import { execFile } from "node:child_process";
import fs from "node:fs";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";

/* é😀 */ export const read = (path: string) => { return readFile(path, "utf8").then((text) => text.trim()); };
export const later = async () => (await read("😀").then(String)) + (await read("b").catch(() => ""));
export const wait = () => new Promise((resolve) => setTimeout(resolve, 1));
new Promise(async (resolve) => resolve(1)).then((one) => one).catch(() => {});
fs.stat("a", (error) => { if (error) throw error; });
execFile("ls", (error) => { if (error) throw error; });
export const stat = promisify(fs.stat), tick = new Promise(process.nextTick), run = promisify(execFile);
`,
  "modules/files/concurrent.ts": `import { readFile, writeFile } from "node:fs/promises";

export const getRates = async () => readFile("😀");
export const loadRates = async () => writeFile("a", "b");
/* é😀 */ const one = await readFile("a"); const two = await getRates(); const three = await loadRates();
const list = [one, two, three];
for (const each of ["a", "😀"]) list.push(await readFile(each));
export default list;
`,
  "modules/files/waiting.cjs": `const { readFile } = require("node:fs");

exports.read = (path) => new Promise((resolve) => readFile(path, (error, text) => resolve(error ?? text)));
Promise.resolve(1).then((one) => one).catch(() => {});
`,
  "modules/files/misused-page.tsx": `declare const Button: (props: { onClick: () => void }) => null;
export const one = <Button onClick={async () => {}} />;
export const two = Promise.resolve() ? <Button onClick={/* 😀 */ () => {}} /> : \`\${Promise.resolve()}\`;
`,
  "modules/files/misused-plain.js": `const wait = async () => {};
class Base { run() {} }
class Heir extends Base { async run() {} static field = wait; [wait] = 1; }
/** @returns {() => void} */
function returns() { return async () => {}; }
const [one = wait, { two } = { two: wait }] = [...wait(), Heir, returns];
[one, two].forEach(wait), setTimeout(wait);
var three, four = wait;
function withRest(...rest) { return rest; }
withRest(wait, three, four);
`,
  "modules/billing/invoice-service.ts": `import { type ActivationContext, Result, Service } from "@phasewise/runtime";
import { loadConfig } from "../files/read.js";

declare module "@phasewise/runtime" {
  interface ServiceRegistry {
    "billing.invoices": InvoiceService;
  }
}

export class InvoiceService extends Service {
  readonly rates = fetch("http://localhost/rates");

  async countInvoices() {
    return 1;
  }

  async findInvoice(id: string) {
    loadConfig();
    return Result.success(id);
  }

  "é😀"(): number { return 1; }
}

export const findInvoices = (context: ActivationContext) => context.getService("billing.invoices");
`,
  "modules/billing/module.ts": `import { type ActivationContext, defineModule } from "@phasewise/runtime";
import { InvoiceService, findInvoices } from "./invoice-service.js";

export default defineModule({
  id: "billing",
  version: "1.0.0",
  async initialize(context) {
    context.registerService("billing.invoices", new InvoiceService());
    context.registerSetupHook(async (active) => {
      await findInvoices(active).countInvoices();
    });
    findInvoices(context as unknown as ActivationContext).countInvoices();
  },
});
`,
  "modules/billing/account-service.ts": `import { type ActivationContext, type Logger, Result, Service, initialized, timeout } from "@phasewise/runtime";
import { InvoiceService } from "./invoice-service.js";

const decorate = (name: string) => (_value: unknown, _context: DecoratorContext): void => void name;

export abstract class AccountService extends Service<{ name: string }> implements Pick<Disposable, never> {
  #logger!: Logger;
  /* 😀 */ #invoices = new InvoiceService();
  @decorate("a") protected names = new Map([["a", () => fetch("a")]]);
  accessor port = loadPort();

  constructor(private readonly id = loadPort()) {
    super();
    this.names.set("b", () => fetch("b"));
    setTimeout(() => {}, id);
  }

  protected override async onInitialize(context: ActivationContext) {
    this.#logger = context.logger;
    this.port = 1;
    return Result.success(undefined);
  }

  send(to: string): Promise<Result<string>>;
  send(to: number): Promise<Result<string>>;
  send(to: unknown): Promise<Result<string>> {
    /* 😀 */ this.#log();
    return Promise.resolve(Result.success(String(to)));
  }

  abstract post(): Result<number>;
  abstract read(): Promise<Result<number>>;

  @timeout(500)
  async count(): Promise<Result<number>> {
    const ready = this.requireInitialized();
    if (!ready.success) this.#log();
    return Result.success(this.port);
  }

  @initialized
  async find() {
    return Result.success(this.port);
  }

  get ledger() {
    return (this.#ledger ??= loadPort());
  }
  #ledger?: number;

  get later() {
    return (async () => (this.#ledger = await Promise.resolve(1)))();
  }

  get rates() {
    return [loadPort(), this.#invoices, this.id];
  }

  #log() {
    this.#logger.info("sent");
  }
}

const loadPort = () => 1;
`,
  "modules/billing/plain-service.js": `import { Result, Service } from "@phasewise/runtime";

export class PlainService extends Service {
  #port;
  async onInitialize() {
    this.#port = 1;
    return Result.success(undefined);
  }
  send() {
    return Promise.resolve(Result.success(1));
  }
  async find() {
    return Result.success(this.#port);
  }
  get it() {
    return fetch("http://localhost");
  }
}
`,
  "modules/files/results.ts": `import { Result, type Success } from "@phasewise/runtime";
export declare const save: (id?: number) => Promise<Result<string>>, find: (id: number) => Result<string>;
/* 😀 */ await save();
void save(), find(1);
void (await save());
await Promise.all([save()]);
[1].forEach((id) => find(id));
save().catch(() => {});
export const text = (find(2) as Success<string>).data;
`,
  "modules/files/results.test.ts": `import { save } from "./results.js";\n\nawait save();\n`,
  "modules/files/plain-results.js": `import { Result } from "@phasewise/runtime";
const found = await Result.attempt("A", () => "😀");
export const { data } = found;
export const text = found.data;
`,
  "modules/billing/rate-service.ts": `import { Result, Service } from "@phasewise/runtime";
import { readFile } from "node:fs/promises";

export class RateService extends Service {
  async load(path: string) {
    /* 😀 */ const text = await readFile(path, "utf8");
    if (text === "") throw new RangeError(path);
    return Result.success(await this.#fetch(path));
  }

  async loadAll(paths: string[]) {
    return Result.success(await Promise.all(paths.map((path) => this.#fetch(path))));
  }

  async reload() {
    // eslint-disable-next-line phasewise/no-throw-in-service -- a defect
    throw new Error();
  }

  async #fetch(path: string) {
    return (await fetch(path, { signal: AbortSignal.timeout(5) })).text();
  }

  toJSON() {
    return {};
  }
}
`,
  "scripts/outside.ts": `import { loadConfig } from "../modules/files/read.js";\n\nexport async function run() {\n  /* 😀 */ loadConfig();\n  run();\n}\n`,
  "modules/empty.ts": "",
};

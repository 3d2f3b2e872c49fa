import type { Files } from "./workspace.js";

const useCrlf = (text: string) => text.replaceAll("\n", "\r\n");

const service = `/* licence */
import { type ActivationContext, type Result as Outcome, Result, Service } from "@phasewise/runtime";

const name = "computed";
const logged = <T extends object>(_value: T, _context: ClassMethodDecoratorContext): void => {};

type Reply = Promise<Outcome<undefined>>;

/** Mails. */
export class MailService extends Service<{ port: number }> {
  #port = 0;
  #names!: Map<string, string>; // by id

  protected override onInitialize(/* the context */ _context: ActivationContext, settings: { port: number }) {
    this.#port = settings.port; // set
    this.#names = new Map();
    return Promise.resolve(Result.success(undefined));
  }

  // flushes
  public /* over */ flush(): Reply {
    return Promise.resolve(Result.success(undefined));
  }

  readonly pick = <T,>(it: T, ...others: T[]): Promise<Outcome<T>> => Promise.resolve(Result.success(others[0] ?? it));

  /** By overloads. */
  send(to: string): Promise<Outcome<string>>;
  send(to: number): Promise<Outcome<string>>;
  send(to: unknown): Promise<Outcome<string>> /* a promise */ {
    return Promise.resolve(Result.success(String(to)));
  }

  find<T extends string>(id: T): Promise<Outcome<T, "NOT_FOUND">> {
    return Promise.resolve(Result.success(id));
  }

  readonly count = (): Promise<Outcome<number>> => /* now */ Promise.resolve(Result.success(1));

  "quoted name"(): Promise<Outcome<number>> { return Promise.resolve(Result.success(1)); }

  [name](): Promise<Outcome<number>> { return Promise.resolve(Result.success(1)); }

  @logged
  post(): Promise<Outcome<number>> { return Promise.resolve(Result.success(1)); }

  plain(): number { return 1; }

  *all() { yield 1; }

  async listen(): Promise<Outcome<number, /* none */ "NOT_FOUND">> { // first
    /* 😀 */ return Result.success(this.#port); // port
  }

  async names(): Promise<Outcome<number>> { /* in one line */ return Result.success(this.#names.size); }

  async read() {
    const ready = 1;
    return Result.success(ready + this.#port);
  }

  async hosts(): Promise<string[]> {
    // all
    return [...this.#names.keys()]; // keys
  }
}
`;

const module = `// a module
import { type RegistrationContext, defineModule } from "@phasewise/runtime";
import { readFile } from "node:fs/promises";
import { MailService } from "./mail-service.js";

declare module "@phasewise/runtime" {
  interface ServiceRegistry { "mail.sender": MailService; "mail.other": MailService }
}

export default defineModule({
  id: "mail",
  version: "1.0.0", // the first
  initialize(context: RegistrationContext): void /* nothing */ {
    context.registerService("mail.sender", new MailService());
  },
  setupModule: (context) => /* it */ context.getService("mail.sender").initialize(context, { port: 1 }),
  start: function (/* none */) {
    return Promise.resolve();
  },
  ["install"]: context =>
    Promise.resolve(context.logger.info("a")),
  uninstall<T>(/* generic */ _context: T): Promise<
    void
  > {
    return Promise.resolve();
  },
  async stop() {
    void (await readFile("a"));
  },
});
`;

const reader = `#!/usr/bin/env node
/* licence */
import { mkdirSync, /* whole */ readFileSync, statSync as stat, writeFileSync } from 'node:fs' // files
import fs, * as all from "node:fs";
import path from "node:path";

export async function load(file: string) {
  // before
  const text = readFileSync(file, "utf8") // text
  mkdirSync(path.dirname(file), { recursive: true }) // folder
  writeFileSync(file, /* it */ text) /* written */
  const parsed: unknown = JSON.parse(/* read */ fs.readFileSync(file, "utf8") /* done */)
  const size = stat(file).size // 😀
  return { parsed, size: size + all.statSync(file).size }
}
`.replace("import fs, * as all", 'import fs from "node:fs";\nimport * as all');

const disposal = `import { AsyncLocalStorage } from "node:async_hooks";

class Pool implements AsyncDisposable {
  async query(sql: string) { return sql; }
  async [Symbol.asyncDispose]() {}
}

export async function run() {
  /* first */ const /* a */ pool: Pool = new Pool(); // pool
  await pool.query("a"); // query
  return AsyncLocalStorage;
}
`;

const chain = `declare const load: (path: string) => Promise<string>;

export async function trim(path: string) {
  // the first line
  const text = await load(path).then((whole) => whole.trim()); // without spaces
  return text;
}
`;

/** Code in which fixes meet comments, overloads, generics, decorators, computed names and other lines' ends. */
export const fixableCorpus: Files = {
  "modules/mail/module.ts": module,
  "modules/mail/mail-service.ts": service,
  "modules/mail/read.ts": reader,
  "modules/mail/pool.ts": disposal,
  "modules/mail/trim.ts": chain,
  "modules/post/trim.ts": useCrlf(chain),
  "modules/post/module.ts": useCrlf(module.replaceAll("mail.", "post.").replace('"mail"', '"post"')),
  "modules/post/mail-service.ts": useCrlf(service),
  "modules/post/read.ts": `\uFEFF${useCrlf(reader.replace(/^.*\n/, ""))}`,
  "modules/post/pool.ts": useCrlf(disposal),
  "modules/orders/module.ts": `import { defineModule } from "@phasewise/runtime";

export default defineModule({
  id: 'orders',
  version: '1.0.0', // the first
  dependencies: [
    'post', // posts
    /* more */
  ],
  async setupModule(context) {
    await context.getService("mail.sender").initialize(context, { port: 1 });
    context.findService("mail.other");
  },
});
`,
};

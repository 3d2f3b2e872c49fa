import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../temporary-folder.js";

const run = promisify(execFile);
const modules = join(import.meta.dirname, "../../../node_modules");
const typeScript7 = join(modules, "@typescript/native/bin/tsc");
const typeScript6 = join(modules, "typescript/bin/tsc6");

const consumer = {
  "module.ts": `
    import { type ActivationContext, type RegistrationContext, Service } from "@phasewise/runtime";
    import { testApplication } from "@phasewise/runtime/testing";

    export class MailService extends Service {
      readonly sender: string = "office";
    }

    declare module "@phasewise/runtime" {
      interface ServiceRegistry {
        "mail.sender": MailService;
      }
    }

    export function register(context: RegistrationContext): void {
      context.registerService("mail.sender", new MailService());
      // @ts-expect-error not a MailService
      context.registerService("mail.sender", new Date());
    }`,
  "user.ts": `
    import type { ActivationContext } from "@phasewise/runtime";
    import { testApplication } from "@phasewise/runtime/testing";

    export function getSender(context: ActivationContext): string {
      // @ts-expect-error nobody declares this id
      context.getService("mail.sendre");
      return context.getService("mail.sender").sender;
    }

    export const test = () => testApplication({ modules: [], services: { "mail.sender": { sender: "fake" } } });
    // @ts-expect-error a fake has the types of what it replaces
    export const wrong = () => testApplication({ modules: [], services: { "mail.sender": { sender: 1 } } });`,
};

describe("the registry of services", () => {
  it.each([
    ["the built package, under TypeScript 7", typeScript7, []],
    ["the built package, under TypeScript 6", typeScript6, []],
    ["the sources, under TypeScript 7", typeScript7, ["@phasewise/source"]],
  ])("takes the declarations of modules, through the types of %s", async (_types, compiler, customConditions) => {
    const compilerOptions = {
      strict: true,
      noEmit: true,
      module: "nodenext",
      target: "es2023",
      types: ["node"],
      customConditions,
    };
    const config = { compilerOptions, files: Object.keys(consumer) };
    await using folder = await temporaryFolder({ ...consumer, "tsconfig.json": JSON.stringify(config) });
    const { stdout } = await run(process.execPath, [compiler, "-p", folder.path]);
    expect(stdout).toBe("");
  });
});

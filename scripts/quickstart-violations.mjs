// Three mistakes for the gate to find. They stand in files of their own, so that removing them restores the demo.

/** @typedef {{ rule: string, file: string, line: number, path?: string[] }} Expected */

const priceList = `import { readFileSync } from "node:fs";

export function readPriceList(): string {
  return readFileSync("price-list.json", "utf8");
}
`;

const quote = `import { readPriceList } from "./price-list.js";

export async function quote(): Promise<number> {
  const prices = readPriceList();
  sendCopy(prices);
  return prices.length;
}

async function sendCopy(_prices: string): Promise<void> {}
`;

const module = `import { type ActivationContext, defineModule } from "@phasewise/runtime";

export default defineModule({
  id: "hasty",
  version: "1.0.0",
  dependencies: ["orders"],
  async initialize(context) {
    await warmUp(context as unknown as ActivationContext);
  },
});

async function warmUp(context: ActivationContext): Promise<void> {
  context.getService("orders");
}
`;

export const violations = {
  folder: "modules/hasty",
  files: [
    { file: "modules/hasty/price-list.ts", text: priceList },
    { file: "modules/hasty/quote.ts", text: quote },
    { file: "modules/hasty/module.ts", text: module },
  ],
  /** @type {Expected[]} */
  findings: [
    { rule: "no-sync-io", file: "modules/hasty/price-list.ts", line: 4 },
    { rule: "no-sync-io", file: "modules/hasty/quote.ts", line: 4, path: ["readPriceList", "fs.readFileSync"] },
    { rule: "no-floating-promises", file: "modules/hasty/quote.ts", line: 5 },
    { rule: "no-early-service-access", file: "modules/hasty/module.ts", line: 8, path: ["warmUp", "getService"] },
  ],
};

import type { Files } from "../temporary-folder.js";
import { moduleFile } from "./workspace.js";

/** Six modules with whatever a drawing has to show: services, events, a circle, a missing and an undeclared dependency. */
export const shop: Files = {
  "modules/core/logging/module.ts": moduleFile("core.logging"),
  "modules/core/database/module.ts": moduleFile("core.database", {
    top: `declare module "@phasewise/runtime" { interface ServiceRegistry { "core.database": Database } }\nexport class Database {}`,
    properties: `  dependencies: ["core.logging"],
  async initialize(context) {
    context.registerService("core.database", new Database());
  },
`,
  }),
  "modules/orders/module.ts": moduleFile("orders", {
    top: `declare module "@phasewise/runtime" { interface EventRegistry { "orders.paid": string } }`,
    properties: `  dependencies: ["core.database", "billing"],
  async start(context) {
    await context.publish("orders.paid", "1");
  },
`,
  }),
  "modules/billing/module.ts": moduleFile("billing", {
    properties: `  dependencies: ["orders", "mial"],\n  optionalDependencies: ["audit"],\n`,
  }),
  "modules/mail/module.ts": moduleFile("mail", {
    properties: `  dependencies: [{ id: "core.logging", version: "^1" }],
  async initialize(context) {
    context.subscribe("orders.*", async () => {});
  },
`,
  }),
  "modules/reports/module.ts": moduleFile("reports", {
    properties: `  dependencies: ["mail"],
  async setupModule(context) {
    context.getService("core.database");
  },
`,
  }),
};

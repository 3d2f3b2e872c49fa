/** A module with one service, as the generator writes it. */
export const moduleFile = `import { defineModule } from "@phasewise/runtime";
import { OrdersService } from "./orders-service.js";

declare module "@phasewise/runtime" {
  interface ServiceRegistry {
    orders: OrdersService;
  }
}

export default defineModule({
  id: "orders",
  version: "1.0.0",

  async initialize(context) {
    context.registerService("orders", new OrdersService());
  },

  async setupModule(context) {
    return context.getService("orders").initialize(context);
  },
});
`;

/** A module in a style of its own, with comments wherever they may stand. */
export const unusualModuleFile = `#!/usr/bin/env node
// © Example Ltd. All rights reserved.
import { defineModule } from '@phasewise/runtime' // the runtime
import { OrdersService } from './orders-service.js' // the service

declare module '@phasewise/runtime' {
\tinterface ServiceRegistry { 'orders': OrdersService } // typed
}

export default defineModule({
\tid: 'orders', version: '1.0.0',
\tinitialize: async ctx => {
\t\t// first ours
\t\tctx.registerService('orders', new OrdersService()) // ours
\t\t// @ts-ignore
\t\tctx.registerSetupHook(async () => {})
\t\t// the end
\t},
\tsetupModule: async function (ctx) { /* nothing yet */ }
})
`;

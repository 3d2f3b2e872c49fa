import { fileURLToPath } from "node:url";
import { type Application, createApplication, type Module, Result, runApplication } from "@phasewise/runtime";
import http from "../modules/http/module.js";
import orders from "../modules/orders/module.js";
import shipping from "../modules/shipping/module.js";
import type { Arguments, Role } from "./arguments.js";
import { runDemo } from "./demo.js";
import { invitation } from "./invitation.js";

/** From dist/src, where this file is when it runs. */
const root = new URL("../../", import.meta.url);

const modules: Readonly<Record<Role, readonly Module[]>> = {
  front: [orders, http],
  shipping: [orders, shipping],
  all: [orders, http, shipping],
};

/** Runs the application until it is told to stop, or its demonstration has ended. */
export async function serve({ hasServers, role, isDemo }: Arguments): Promise<void> {
  const { platform } = hasServers ? await import("./servers-platform.js") : await import("./embedded-platform.js");
  const application = createApplication({
    modules: [...platform, ...modules[role]],
    settings: { orders: { migrationsDirectory: fileURLToPath(new URL("migrations", root)) } },
    settingsDirectory: new URL("settings/", root),
  });
  await runApplication(application);
  if (isDemo) await runDemo(await findAddress(application)).finally(() => application.stop());
  else console.log(role === "shipping" ? "Shipping what fronts accept." : invitation(await findAddress(application)));
}

async function findAddress(application: Application): Promise<string> {
  return Result.unwrap(await application.getService("http").findAddress());
}

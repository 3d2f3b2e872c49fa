import { defineModule } from "@phasewise/runtime";
import type { Database } from "@phasewise/runtime/platform";
import { testApplication } from "@phasewise/runtime/testing";
import { SettingsService as TableService } from "../../../../templates/platform/settings/database/settings-service.js";
import { settingsSettings as tableSettings } from "../../../../templates/platform/settings/database/settings-settings.js";
import { SettingsService as FileService } from "../../../../templates/platform/settings/files/settings-service.js";
import { settingsSettings as fileSettings } from "../../../../templates/platform/settings/files/settings-settings.js";
import { activeService } from "../active-service.js";

/** Settings in files of this folder. */
export function openFiles(folder: string) {
  return activeService(new FileService(), fileSettings.parse({ folder }));
}

/** Settings in a table of this database. */
export async function openTable(database: Database) {
  const service = new TableService();
  const module = defineModule({
    id: "core.settings",
    version: "1.0.0",
    dependencies: ["core.database"],
    setupModule: async (context) => service.initialize(context, tableSettings.parse({})),
    stop: async () => service[Symbol.asyncDispose](),
  });
  const application = await testApplication({ modules: [module], services: { "core.database": database } });
  return { settings: service, [Symbol.asyncDispose]: () => application.stop() };
}

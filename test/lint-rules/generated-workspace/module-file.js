/** The module file. @param {import("./module-graph.js").GeneratedModule} module */
export function writeModuleFile({ id, type, variable, noun, dependencies, hasReport }) {
  const reportImport = `import { ${type}ReportService } from "./report-service.js";\n`;
  const reportEntry = `    "${id}.report": ${type}ReportService;\n`;
  const reportRegistration = `
    context.registerService("${id}.report", new ${type}ReportService());
    context.registerSetupHook(async (active) => active.getService("${id}.report").initialize(active));`;
  const [first] = dependencies;
  const subscription = `
    context.subscribe("${first?.id}.added", async ({ data }) => {
      context.logger.info("a ${first?.noun} was added", { id: data.id });
    });`;
  return `import { defineModule } from "@phasewise/runtime";
${hasReport ? reportImport : ""}import { ${variable}Settings } from "./settings.js";
import { ${type}Service } from "./${noun}-service.js";

declare module "@phasewise/runtime" {
  interface ServiceRegistry {
    "${id}": ${type}Service;
${hasReport ? reportEntry : ""}  }
  interface EventRegistry {
    "${id}.added": { readonly id: string };
  }
}

export default defineModule({
  id: "${id}",
  version: "1.0.0",
  dependencies: [
${dependencies.map((other) => `    "${other.id}",`).join("\n")}
  ],

  async initialize(context) {
    context.registerSettings(${variable}Settings);
    context.registerService("${id}", new ${type}Service());${hasReport ? reportRegistration : ""}${first ? subscription : ""}
  },

  async setupModule(context) {
    const settings = await context.getSettings(${variable}Settings);
    return context.getService("${id}").initialize(context, settings);
  },

  async start(context) {
    const total = await context.getService("${id}").total${type}();
    if (!total.success) return total;

    return context.publish("${id}.added", { id: String(total.data) });
  },
});
`;
}

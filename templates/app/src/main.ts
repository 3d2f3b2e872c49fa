import { createApplication, formatBootReport, runApplication } from "@phasewise/runtime";

const application = createApplication({ modulesDirectory: new URL("../modules", import.meta.url) });

console.log(formatBootReport(await runApplication(application)));

import { didYouMean } from "./did-you-mean.js";
import { GeneratorError } from "./errors.js";
import { lastSegment, pascalCase } from "./names.js";
import type { Project } from "./project.js";

/** A service or an event of a module, as the generators lay them out: `modules/billing/mail-sender-service.ts`. */
export interface ModulePart {
  /** `billing.mail-sender`; the service that a module is made with has the id of the module. */
  readonly id: string;
  readonly module: string;
  /** `mail-sender`. */
  readonly name: string;
  /** `modules/billing/mail-sender-service.ts` */
  readonly file: string;
  /** `MailSenderService`, `InvoicePaid`. */
  readonly typeName: string;
}

/** All services in files that end in `-service.ts`. */
export async function listServices(project: Project): Promise<readonly ModulePart[]> {
  const services = await listParts(project, "-service.ts");
  return services.map((service) => ({
    ...service,
    id: service.name === lastSegment(service.module) ? service.module : service.id,
    typeName: `${service.typeName}Service`,
  }));
}

/** All events in files that end in `-event.ts`. */
export function listEvents(project: Project): Promise<readonly ModulePart[]> {
  return listParts(project, "-event.ts");
}

/** The service of this id; throws `SERVICE_NOT_FOUND`, naming the closest one. */
export async function getService(id: string, project: Project): Promise<ModulePart> {
  const services = await listServices(project);
  const remedy = "To make one: phasewise create service <name> --module <id>";
  return services.find((service) => service.id === id) ?? notFound("SERVICE", id, services, remedy);
}

/** The event of this type; throws `EVENT_NOT_FOUND`, naming the closest one. */
export async function getEvent(type: string, project: Project): Promise<ModulePart> {
  const events = await listEvents(project);
  const remedy = "To make one: phasewise create event <name> --module <id>";
  return events.find((event) => event.id === type) ?? notFound("EVENT", type, events, remedy);
}

/** Throws `CONFLICT` when the id of a new service is that of a module. */
export async function rejectModuleId(id: string, project: Project): Promise<void> {
  if (!(await project.hasModule(id))) return;
  throw new GeneratorError("CONFLICT", `${id} is the id of a module already. Choose another name for the service.`);
}

async function listParts(project: Project, ending: string): Promise<readonly ModulePart[]> {
  const parts = (await project.moduleIds()).map(async (module) => {
    const folder = project.moduleFolder(module);
    const files = ((await project.namesIn(folder)) ?? []).filter((name) => name.endsWith(ending)).sort();
    return files.map((file) => {
      const name = file.slice(0, -ending.length);
      return { id: `${module}.${name}`, module, name, file: `${folder}/${file}`, typeName: pascalCase(name) };
    });
  });
  return (await Promise.all(parts)).flat();
}

function notFound(kind: "SERVICE" | "EVENT", id: string, parts: readonly ModulePart[], remedy: string): never {
  const noun = kind.toLowerCase();
  const ids = parts.map((part) => part.id);
  const known = ids.length === 0 ? `The workspace has no ${noun} yet.` : `There are: ${ids.slice(0, 10).join(", ")}.`;
  throw new GeneratorError(
    `${kind}_NOT_FOUND`,
    `There is no ${noun} ${id} (looked for modules/**/*-${noun}.ts).${didYouMean(id, ids)} ${known} ${remedy}`,
  );
}

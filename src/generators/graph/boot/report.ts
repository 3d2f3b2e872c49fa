/** What a drawing needs of the runtime's boot report, as `JSON.stringify(report)` writes it. */
export interface BootReport {
  readonly status: string;
  readonly durationMs: number;
  readonly modules: readonly BootedModule[];
  readonly criticalPath: { readonly modules: readonly string[]; readonly durationMs: number };
}

export interface BootedModule {
  readonly id: string;
  readonly version: string;
  readonly dependencies: readonly string[];
  readonly optionalDependencies: readonly string[];
  readonly services: readonly string[];
  readonly state: { readonly status: string; readonly by?: string };
  readonly phases: readonly { readonly phase: string; readonly beginMs: number; readonly durationMs: number }[];
  readonly slackMs: number;
  readonly savingMs: number;
}

/** @throws Error that says which part is not as it should be. */
export function parseBootReport(text: string): BootReport {
  const report = parseJson(text.replace(/^\uFEFF/, ""));
  const root = requireRecord(report, "it");
  requireText(root["status"], "status");
  requireNumber(root["durationMs"], "durationMs");
  const path = requireRecord(root["criticalPath"], "criticalPath");
  requireTexts(path["modules"], "criticalPath.modules");
  requireNumber(path["durationMs"], "criticalPath.durationMs");
  requireList(root["modules"], "modules").forEach((module, index) => checkModule(module, `modules[${index}]`));
  return report as BootReport;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Error(`it is not JSON (${cause instanceof Error ? cause.message : String(cause)})`, { cause });
  }
}

function checkModule(value: unknown, name: string): void {
  const module = requireRecord(value, name);
  requireText(module["id"], `${name}.id`);
  requireText(module["version"], `${name}.version`);
  for (const list of ["dependencies", "optionalDependencies", "services"])
    requireTexts(module[list], `${name}.${list}`);
  requireText(requireRecord(module["state"], `${name}.state`)["status"], `${name}.state.status`);
  for (const margin of ["slackMs", "savingMs"]) requireNumber(module[margin], `${name}.${margin}`);
  requireList(module["phases"], `${name}.phases`).forEach((phase, index) => {
    const place = `${name}.phases[${index}]`;
    const { phase: kind, beginMs, durationMs } = requireRecord(phase, place) as Record<string, unknown>;
    requireText(kind, `${place}.phase`);
    requireNumber(beginMs, `${place}.beginMs`);
    requireNumber(durationMs, `${place}.durationMs`);
  });
}

function requireRecord(value: unknown, name: string): Record<string, unknown> {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw new Error(`${name} is no object`);
}

function requireList(value: unknown, name: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new Error(`${name} is no list`);
}

function requireTexts(value: unknown, name: string): void {
  requireList(value, name).forEach((text, index) => requireText(text, `${name}[${index}]`));
}

function requireText(value: unknown, name: string): void {
  if (typeof value !== "string") throw new Error(`${name} is no text`);
}

function requireNumber(value: unknown, name: string): void {
  if (typeof value !== "number" || !Number.isFinite(value) || value < 0)
    throw new Error(`${name} is no number of milliseconds`);
}

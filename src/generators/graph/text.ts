import type { GraphView, ModuleView } from "./view.js";
import type { Paint } from "../gate/colours.js";

/** The graph for people at a terminal: level by level, what each module needs, offers and tells. */
export function formatText({ modules, unreadable, problems }: GraphView, paint: Paint): string {
  const levels = [...new Set(modules.map(({ level }) => level))];
  const groups = levels.map((level) => {
    const own = modules.filter((module) => module.level === level);
    return [paint("underline", nameLevel(level)), ...own.map((module) => formatModule(module, modules, paint))].join(
      "\n",
    );
  });
  const summary = [count(modules.length, "module"), count(levels.length, "level")];
  const lines = problems.map(({ severity, place, message, rule }) => {
    const label = paint(severity === "error" ? "red" : "yellow", severity);
    return `  ${place}  ${label}  ${message}  ${paint("dim", rule)}`;
  });
  return [
    ...groups,
    ...list("problems", lines, paint),
    ...list(
      "known only by running the code",
      unreadable.map((place) => `  ${place}`),
      paint,
    ),
    `${summary.join(" in ")}, ${count(problems.length, "problem")}.`,
  ].join("\n\n");
}

function nameLevel(level: number | null): string {
  if (level === null) return "never activated: in a circle, or behind one";
  return level === 0 ? "level 0: activated at once" : `level ${level}: after level ${level - 1}`;
}

function formatModule(module: ModuleView, modules: readonly ModuleView[], paint: Paint): string {
  const { id, version, file, line, dependencies, dependents, undeclared, services } = module;
  const rows = [
    ["depends on", dependencies.map((dependency) => formatDependency(dependency, paint))],
    ["needed by", dependents.map((index) => modules[index]?.id ?? "")],
    [
      "undeclared",
      undeclared.map(({ service, module: owner }) => paint("red", `${modules[owner]?.id} for ${service}`)),
    ],
    ["offers", services.map(({ id: service, className }) => (className ? `${service} (${className})` : service))],
    ["publishes", module.publishedEvents],
    ["handles", module.handledEvents],
    ["layers", module.layers],
  ] as const;
  const filled = rows.filter(([, values]) => values.length > 0);
  const head = `  ${paint("bold", id)}${version === null ? "" : ` ${version}`}  ${paint("dim", `${file}:${line}`)}`;
  return [head, ...filled.map(([name, values]) => `    ${name.padEnd(11)} ${values.join(", ")}`)].join("\n");
}

function formatDependency(
  { id, version, isOptional, module, isCircular }: ModuleView["dependencies"][number],
  paint: Paint,
) {
  const notes = [isOptional ? "optional" : "", module === null ? "not there" : "", isCircular ? "circle" : ""].filter(
    Boolean,
  );
  const text = [id, version ?? "", notes.length > 0 ? `(${notes.join(", ")})` : ""].filter(Boolean).join(" ");
  return isCircular || (module === null && !isOptional) ? paint("red", text) : text;
}

function list(title: string, lines: readonly string[], paint: Paint): string[] {
  return lines.length === 0 ? [] : [[paint("underline", title), ...lines].join("\n")];
}

function count(amount: number, noun: string): string {
  return `${amount} ${noun}${amount === 1 ? "" : "s"}`;
}

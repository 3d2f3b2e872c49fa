import type { GraphView, ModuleView, ProblemView } from "../view.js";
import { button, html } from "./dom.js";

type Select = (index: number) => void;

/** What the page says of one module. */
export function describeModule(graph: GraphView, index: number, select: Select): HTMLElement[] {
  const module = graph.modules[index]!;
  const { id, version, file, line, level, services, undeclared, dependents, layers, uses } = module;
  const problems = graph.problems.filter((problem) => problem.module === index);
  const link = (target: number) => button(graph.modules[target]!.id, () => select(target), { class: "link" });
  return [
    html("h2", { tabindex: -1 }, id),
    html("p", { class: "quiet" }, `${version ?? "version not known"} · ${nameLevel(level)}`),
    html("p", { class: "place" }, `${file}:${line}`),
    ...section(
      "Problems",
      problems.map((problem) => describeProblem(problem)),
    ),
    ...section(
      "Undeclared",
      undeclared.map(({ service, module: owner }) => html("li", { class: "bad" }, link(owner), ` for ${service}`)),
    ),
    ...section(
      "Depends on",
      module.dependencies.map((dependency) => describeDependency(dependency, link)),
    ),
    ...section(
      "Needed by",
      dependents.map((dependent) => html("li", {}, link(dependent))),
    ),
    ...section(
      "Services",
      services.map((service) => describeService(service)),
    ),
    ...section(
      "Asks for",
      uses.filter((use) => !services.some((own) => own.id === use)).map((use) => html("li", {}, html("code", {}, use))),
    ),
    ...section(
      "Publishes",
      module.publishedEvents.map((event) => describeEvent(event, "handled by", findHandlers(event, graph), link)),
    ),
    ...section(
      "Handles",
      module.handledEvents.map((event) => describeEvent(event, "from", findPublishers(event, graph), link)),
    ),
    ...section(
      "Declares events",
      module.declaredEvents
        .filter((event) => !module.publishedEvents.includes(event))
        .map((event) => html("li", {}, html("code", {}, event))),
    ),
    ...section(
      "Layers",
      layers.map((layer) => html("li", {}, layer)),
    ),
    ...(module.isComplete
      ? []
      : [html("p", { class: "quiet" }, "It may have more dependencies, which only running the code would tell.")]),
  ];
}

/** What the page says when no module is chosen. */
export function describeAll(graph: GraphView, select: Select): HTMLElement[] {
  const { modules, problems, unreadable } = graph;
  const levels = new Set(modules.map(({ level }) => level)).size;
  const amounts = [count(modules.length, "module"), count(levels, "level"), count(problems.length, "problem")];
  const legend = [
    ["declared", "needs, from right to left"],
    ["optional", "needs if it is there"],
    ["circular", "part of a circle"],
    ["undeclared", "uses without declaring it"],
  ] as const;
  const lines = legend.map(([kind, text]) => html("li", {}, html("span", { class: `sample ${kind}` }), text));
  return [
    html("h2", { tabindex: -1 }, "All modules"),
    html("p", { class: "quiet" }, amounts.join(" · ")),
    html("p", {}, "Choose a module to see what it needs, offers and tells. Levels are the order of activation."),
    ...section("Lines", lines, "legend"),
    ...section(
      "Problems",
      problems.map((problem) => describeProblem(problem, select, modules)),
    ),
    ...section(
      "Known only by running the code",
      unreadable.map((place) => html("li", { class: "place" }, place)),
    ),
  ];
}

function describeProblem(
  { rule, severity, message, place, module }: ProblemView,
  select?: Select,
  modules: readonly ModuleView[] = [],
) {
  const name = module === null ? undefined : modules[module]?.id;
  return html(
    "li",
    { class: `problem ${severity}` },
    select && module !== null && name !== undefined && button(name, () => select(module), { class: "link" }),
    html("span", {}, ...describeText(message)),
    html("span", { class: "place" }, `${rule} · ${place}`),
  );
}

/** A message, in which code stands between backticks. */
function describeText(message: string): (string | HTMLElement)[] {
  return message.split("`").map((text, index) => (index % 2 === 1 ? html("code", {}, text) : text));
}

function describeDependency(
  { id, version, isOptional, module, isCircular }: ModuleView["dependencies"][number],
  link: (index: number) => HTMLElement,
) {
  const notes = [version, isOptional && "optional", module === null && "not there", isCircular && "circle"].filter(
    Boolean,
  );
  const isBad = isCircular || (module === null && !isOptional);
  return html(
    "li",
    { class: isBad && "bad" },
    module === null ? id : link(module),
    notes.length > 0 && ` ${notes.join(", ")}`,
  );
}

function describeService({ id, className, isLazy }: ModuleView["services"][number]): HTMLElement {
  const notes = [className, isLazy && "lazy"].filter(Boolean).join(", ");
  return html("li", {}, html("code", {}, id), notes !== "" && html("span", { class: "quiet" }, ` ${notes}`));
}

function describeEvent(
  event: string,
  how: string,
  others: readonly number[],
  link: (index: number) => HTMLElement,
): HTMLElement {
  const ends = others.flatMap((other, index) => [index === 0 ? ` ${how} ` : ", ", link(other)]);
  return html(
    "li",
    {},
    html("code", {}, event),
    ...ends,
    others.length === 0 && html("span", { class: "quiet" }, " nobody"),
  );
}

function findHandlers(event: string, { modules }: GraphView): number[] {
  return modules.flatMap(({ handledEvents }, index) =>
    handledEvents.some((pattern) => matches(pattern, event)) ? index : [],
  );
}

function findPublishers(pattern: string, { modules }: GraphView): number[] {
  return modules.flatMap(({ publishedEvents }, index) =>
    publishedEvents.some((event) => matches(pattern, event)) ? index : [],
  );
}

function matches(pattern: string, event: string): boolean {
  return pattern === event || pattern === "*" || (pattern.endsWith(".*") && event.startsWith(pattern.slice(0, -1)));
}

function section(title: string, items: readonly HTMLElement[], kind = ""): HTMLElement[] {
  if (items.length === 0) return [];
  return [
    html("h3", {}, title, kind === "" && html("span", { class: "amount" }, ` ${items.length}`)),
    html("ul", { class: kind }, ...items),
  ];
}

function nameLevel(level: number | null): string {
  if (level === null) return "never activated: in a circle, or behind one";
  return level === 0 ? "level 0, activated at once" : `level ${level}`;
}

function count(amount: number, noun: string): string {
  return `${amount} ${noun}${amount === 1 ? "" : "s"}`;
}

import type { GraphView } from "../view.js";
import { button, html } from "./dom.js";

const SHOWN = 40;

/** A field that finds modules by their id, services, classes and events, with a list of what it has found. */
export function createSearch(
  { modules }: GraphView,
  on: { readonly find: (found: ReadonlySet<number> | undefined) => void; readonly select: (index: number) => void },
) {
  const texts = modules.map(({ id, services, declaredEvents, publishedEvents, handledEvents }) => {
    const names = services.flatMap((service) => [service.id, service.className ?? ""]);
    return [id, ...names, ...declaredEvents, ...publishedEvents, ...handledEvents].join("\n").toLowerCase();
  });
  const input = html("input", {
    type: "search",
    id: "search",
    placeholder: "Module, service, event  ( / )",
    "aria-label": "Search",
    autocomplete: "off",
    spellcheck: "false",
  });
  const results = html("div", { class: "results", role: "group", "aria-label": "Found modules" });
  const status = html("span", { class: "status", role: "status" });
  let found: number[] = [];

  input.addEventListener("input", update);
  input.addEventListener("keydown", (event) => {
    const [first] = found;
    if (event.key === "Enter" && first !== undefined) choose(first);
    if (event.key === "ArrowDown") (results.firstElementChild as HTMLElement | null)?.focus();
  });
  results.addEventListener("keydown", ({ key, target }) => {
    if (!(target instanceof HTMLElement)) return;
    if (key === "ArrowDown") (target.nextElementSibling as HTMLElement | null)?.focus();
    if (key === "ArrowUp") ((target.previousElementSibling as HTMLElement | null) ?? input).focus();
  });
  return { element: html("div", { class: "search" }, input, status, results), input, clear };

  function update(): void {
    const wanted = input.value.trim().toLowerCase();
    const matching = modules
      .map((_, index) => index)
      .filter((index) => wanted !== "" && texts[index]!.includes(wanted));
    const isInId = (index: number) => Number(!modules[index]!.id.toLowerCase().includes(wanted));
    found = matching.sort((one, other) => isInId(one) - isInId(other));
    results.replaceChildren(...found.slice(0, SHOWN).map((index) => button(modules[index]!.id, () => choose(index))));
    status.textContent = wanted === "" ? "" : `${found.length} found`;
    on.find(wanted === "" ? undefined : new Set(found));
  }

  function choose(index: number): void {
    results.replaceChildren();
    on.select(index);
  }

  function clear(): void {
    input.value = "";
    update();
  }
}

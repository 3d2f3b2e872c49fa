type Content = Node | string | false | undefined;
type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** Makes an element of HTML. Texts become text nodes: no data is ever read as markup. */
export function html<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...contents: readonly Content[]
): HTMLElementTagNameMap[Name] {
  return fill(document.createElement(name), attributes, contents);
}

/** Makes an element of SVG. */
export function svg<Name extends keyof SVGElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...contents: readonly Content[]
): SVGElementTagNameMap[Name] {
  return fill(document.createElementNS("http://www.w3.org/2000/svg", name), attributes, contents);
}

function fill<Made extends Element>(element: Made, attributes: Attributes, contents: readonly Content[]): Made {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...contents.filter((content) => content !== undefined && content !== false));
  return element;
}

/** A button that does something. */
export function button(label: string, onClick: () => void, attributes: Attributes = {}): HTMLButtonElement {
  const made = html("button", { type: "button", ...attributes }, label);
  made.addEventListener("click", onClick);
  return made;
}

/** What the page was given. */
export function readData<Data>(): Data {
  return JSON.parse(document.getElementById("data")?.textContent ?? "null") as Data;
}

// How the spellings of one name are derived from its words: the same functions serve edits and templates.

/** `invoice-mailer` or `core.database` as `InvoiceMailer` or `CoreDatabase`. */
export function pascalCase(name: string): string {
  return wordsOf(name)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("");
}

/** `invoice-mailer` as `invoiceMailer`. */
export function camelCase(name: string): string {
  const pascal = pascalCase(name);
  return pascal.charAt(0).toLowerCase() + pascal.slice(1);
}

/** `dependsOn` or `core.database` as `depends-on` or `core-database`. */
export function kebabCase(name: string): string {
  return wordsOf(name).join("-");
}

/** `invoice-mailer` as `INVOICE_MAILER`. */
export function constantCase(name: string): string {
  return wordsOf(name).join("_").toUpperCase();
}

/** The part of a dotted id after its last dot: `database` of `core.database`. */
export function lastSegment(id: string): string {
  return id.slice(id.lastIndexOf(".") + 1);
}

/** `orders` or `core.database` as the key of a property: `orders`, `"core.database"`. */
export function propertyKey(name: string): string {
  return /^[a-zA-Z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);
}

/** Names as the elements of an array literal: `"orders", "core.database"`. */
export function stringList(names: readonly string[]): string {
  return names.map((name) => JSON.stringify(name)).join(", ");
}

function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1-$2")
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== "")
    .map((word) => word.toLowerCase());
}

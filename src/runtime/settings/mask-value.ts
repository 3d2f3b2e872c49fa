import { isSecretName } from "./secret-name.js";

/** What stands in place of a secret. */
export const masked = "[masked]";

/** Is a field of this name with this value to be masked? What is absent, true or false tells nothing. */
export function isSecretField(name: string, value: unknown): boolean {
  return value !== undefined && value !== null && typeof value !== "boolean" && isSecretName(name);
}

/**
 * The value without secrets: fields whose name says that they are one are masked at any depth, and every text, also that
 * of errors, is what `maskText` makes of it. Gives the value itself when nothing in it is secret, and never throws.
 */
export function maskValue(value: unknown, maskText = (text: string) => text): unknown {
  const seen = new Map<object, unknown>();

  const mask = (inner: unknown): unknown => {
    if (typeof inner === "string") return maskText(inner);
    if (typeof inner !== "object" || inner === null || ArrayBuffer.isView(inner)) return inner;
    if (!seen.has(inner)) {
      seen.set(inner, "[circular]");
      try {
        seen.set(inner, maskObject(inner));
      } catch {
        seen.set(inner, "[unreadable]");
      }
    }
    return seen.get(inner);
  };
  const maskObject = (object: object): unknown => {
    const json = getJson(object);
    if (json !== object) {
      const safe = mask(json);
      return safe === json ? object : safe;
    }
    const names = object instanceof Error ? Object.getOwnPropertyNames(object) : Object.keys(object);
    const fields = names.map((name) => [name, Reflect.get(object, name)] as const);
    const safe = fields.map(([name, field]) => [name, isSecretField(name, field) ? masked : mask(field)] as const);
    if (safe.every(([, field], index) => Object.is(field, fields[index]![1]))) return object;
    return copyWith(object, safe);
  };

  return mask(value);
}

/** What the object says it is in JSON. An error is logged as an error all the same. */
function getJson(object: object): unknown {
  return "toJSON" in object && typeof object.toJSON === "function" && !(object instanceof Error)
    ? object.toJSON()
    : object;
}

/** An object of the same kind with these fields; a copied error still is one, and prints like it. */
function copyWith(object: object, fields: readonly (readonly [string, unknown])[]): object {
  if (Array.isArray(object)) return fields.map(([, field]) => field);
  if (!(object instanceof Error)) return Object.fromEntries(fields);
  const copy: object = Object.create(Object.getPrototypeOf(object));
  for (const [name, value] of fields) {
    const enumerable = Object.prototype.propertyIsEnumerable.call(object, name);
    Object.defineProperty(copy, name, { value, enumerable, configurable: true, writable: true });
  }
  return copy;
}

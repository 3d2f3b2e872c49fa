import type { Type } from "../type-checker/types.js";

/**
 * What a type is an instance of: `Array<T>` for `string[]`; itself, when it is of nothing else. It has the same members
 * and signatures, and is asked about once for all its instances.
 */
export function getGenericTarget(type: Type): Type {
  return type.isTypeReference() ? type.getTarget() : type;
}

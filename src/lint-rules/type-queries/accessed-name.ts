import type { TSESTree } from "@typescript-eslint/utils";
import { getStaticPropertyName } from "../syntax/property-name.js";
import type { CheckedFile } from "../type-checker/checked-file.js";

/** The property that a member expression reads, also by a constant: `array[method]` with `const method = "filter"`. */
export function findAccessedName(node: TSESTree.MemberExpression, file: CheckedFile): string | undefined {
  const name = getStaticPropertyName(node);
  if (name !== undefined || !node.computed) return name;
  const type = file.findType(node.property);
  return type?.isStringLiteralType() ? type.value : undefined;
}

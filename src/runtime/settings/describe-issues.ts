import { getVariableName } from "./environment-layers.js";
import { getIssuePath, type SchemaIssue } from "./schema.js";
import type { SettingsIssue } from "./settings-error.js";
import { findAt, findOrigins, type SettingsLayer } from "./settings-layer.js";
import { withoutValues } from "./without-values.js";

export interface RejectedSettings {
  readonly moduleId: string;
  /** From the weakest to the strongest; the first is that of the settings file. */
  readonly layers: readonly SettingsLayer[];
  /** All layers merged: what the schema was given. */
  readonly input: unknown;
  readonly issues: readonly SchemaIssue[];
}

/** Every issue with its source, and without the values that it may quote. */
export function describeIssues({ moduleId, layers, input, issues }: RejectedSettings): SettingsIssue[] {
  return issues.map((issue) => {
    const path = getIssuePath(issue);
    const origins = findOrigins(layers, path);
    const message = withoutValues(issue.message, findAt(input, path));
    const objection = origins[0]?.objection;
    return {
      path: path.join("."),
      message: objection === undefined ? message : `${message}; read as text: ${objection}`,
      source:
        origins.map(({ source }) => source).join(" and ") ||
        `missing: set it in ${layers[0]!.source} or in ${getVariableName(moduleId, path)}`,
    };
  });
}

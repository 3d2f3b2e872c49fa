import { describeIssues } from "./describe-issues.js";
import { invalidSchema, invalidSettings } from "./errors.js";
import { findSecrets } from "./find-secrets.js";
import { mergeSettings } from "./merge-settings.js";
import type { SchemaOutcome, StandardSchema } from "./schema.js";
import { readAsJson, type SettingsLayer } from "./settings-layer.js";

export interface LayerValidation<Output> {
  readonly moduleId: string;
  readonly schema: StandardSchema<Output>;
  /** The declared paths of secrets. */
  readonly secrets: readonly string[];
  /** Told of each secret before the schema sees it, and of those that the schema made. */
  readonly onSecret: (secret: string) => void;
}

/**
 * What the schema makes of all layers together. Each variable is text at first; where the schema objects to that, the
 * text is read as JSON, and the schema is asked again.
 */
export async function validateLayers<Output>(
  validation: LayerValidation<Output>,
  layers: readonly SettingsLayer[],
): Promise<Output> {
  const { moduleId, secrets, onSecret } = validation;
  const input = layers.reduce<unknown>((merged, { value }) => mergeSettings(merged, value), {});
  findSecrets(input, secrets).forEach(onSecret);

  const outcome = await askSchema(validation, input);
  const { issues = [] } = outcome;
  const reread = layers.map((layer) => readAsJson(layer, input, issues));
  if (reread.some((layer, index) => layer !== layers[index])) return validateLayers(validation, reread);

  if (outcome.issues) throw invalidSettings(moduleId, describeIssues({ moduleId, layers, input, issues }));
  findSecrets(outcome.value, secrets).forEach(onSecret);
  return outcome.value;
}

async function askSchema<Output>(
  { moduleId, schema }: LayerValidation<Output>,
  input: unknown,
): Promise<SchemaOutcome<Output>> {
  try {
    return await schema["~standard"].validate(input);
  } catch (cause) {
    throw invalidSchema(moduleId, "threw instead of giving issues", cause);
  }
}

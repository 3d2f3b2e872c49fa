import type { JSONSchema } from "@typescript-eslint/utils";
import { typeSpecifiersSchema } from "./type-queries/type-specifier.js";

/** The JSON schema of the settings, by which the gate tells a mistake before it starts: {@link readSettings} has the last word. */
export const settingsSchema: JSONSchema.JSONSchema4 = {
  type: "object",
  additionalProperties: false,
  properties: { resultTypes: typeSpecifiersSchema, serviceBases: typeSpecifiersSchema },
};

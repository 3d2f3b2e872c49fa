import type { SchemaIssue, StandardSchema } from "@phasewise/runtime";

export interface BillingSettings {
  readonly timeoutMs: number;
  readonly maxItems: number;
}

const defaults: BillingSettings = { timeoutMs: 5_000, maxItems: 100 };

/** The settings of the module: put yours in place of these. A schema of zod, valibot or arktype does as well. */
export const billingSettings: StandardSchema<BillingSettings> = {
  "~standard": {
    version: 1,
    vendor: "application",
    validate(value) {
      const settings = { ...defaults, ...(value as Partial<BillingSettings>) };
      const issues = [...findIssues("timeoutMs", settings.timeoutMs), ...findIssues("maxItems", settings.maxItems)];
      return issues.length > 0 ? { issues } : { value: settings };
    },
  },
};

function findIssues(name: keyof BillingSettings, value: unknown): SchemaIssue[] {
  if (typeof value === "number" && value > 0) return [];
  return [{ message: "must be a number above 0", path: [name] }];
}

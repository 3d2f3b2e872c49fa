/** The rules of the plugin. */
export type RuleName = keyof typeof pluginRules;

const pluginRules = {
  "no-busy-wait": true,
  "no-sync-io": true,
  "require-result-return": true,
};

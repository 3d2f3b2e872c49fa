export {
  defineConfig,
  type PhasewiseConfig,
  type RuleSetting,
  type RuleSettings,
  type Severity,
  type TypeSpecifier,
} from "./configuration/define-config.js";
export { type CommentRuleName, type GraphRuleName, type RecordRuleName, type RuleName } from "./configuration/rule-names.js";

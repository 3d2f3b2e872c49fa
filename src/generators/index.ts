export {
  createFile,
  createJsonFile,
  createTextFile,
  editFile,
  removeFile,
  type Change,
  type FileEdit,
  type FileRemoval,
  type JsonFile,
  type NewFile,
  type TemplateData,
  type TemplateFile,
  type TextFile,
} from "./changes/change.js";
export {
  defineConfig,
  type PhasewiseConfig,
  type OwnPlugin,
  type OwnRuleSettings,
  type RuleSetting,
  type RuleSettings,
  type Severity,
  type TypeSpecifier,
} from "./configuration/define-config.js";
export {
  type CommentRuleName,
  type GraphRuleName,
  type RecordRuleName,
  type RuleName,
} from "./configuration/rule-names.js";
export { defineGenerator, type Generator, type GeneratorDefinition } from "./define-generator.js";
export { addMethod } from "./edits/add-method.js";
export { declareDependency } from "./edits/declare-dependency.js";
export { declareEvent } from "./edits/declare-event.js";
export { declareServiceType } from "./edits/declare-service-type.js";
export { type Edit, type EditedFile } from "./edits/edit.js";
export { importDefault } from "./edits/import-default.js";
export { importName } from "./edits/import-name.js";
export { importType } from "./edits/import-type.js";
export { initializeService } from "./edits/initialize-service.js";
export { keepContext } from "./edits/keep-context.js";
export { type Method } from "./edits/method-text.js";
export { nameGenerator } from "./edits/name-generator.js";
export { readSettings } from "./edits/read-settings.js";
export { registerLazyService } from "./edits/register-lazy-service.js";
export { registerService } from "./edits/register-service.js";
export { registerSettings } from "./edits/register-settings.js";
export { runInBackground } from "./edits/run-in-background.js";
export { subscribe } from "./edits/subscribe.js";
export { GeneratorError, type GeneratorErrorCode } from "./errors.js";
export { camelCase, constantCase, kebabCase, pascalCase } from "./names.js";
export { type Project } from "./project.js";
export { newFolder } from "./questions/folder.js";
export { existingModule, existingModules, newModuleId } from "./questions/module-id.js";
export { newPartName as newName, optionalPartName as optionalName } from "./questions/part-name.js";
export {
  type Answer,
  type Answers,
  type ListQuestion,
  type OptionalQuestion,
  type Question,
  type Questions,
  type RequiredQuestion,
} from "./questions/question.js";
export { existingService } from "./questions/service-id.js";
export { newServiceName } from "./questions/service-name.js";
export { optionalText, text } from "./questions/text.js";

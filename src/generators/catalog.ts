import app from "./catalog/app.js";
import lintRule from "./catalog/lint-rule.js";
import module from "./catalog/module.js";
import service from "./catalog/service.js";
import type { Generator } from "./define-generator.js";

/** All generators, in the order in which they are listed. */
export const catalog: readonly Generator[] = [app, module, service, lintRule];

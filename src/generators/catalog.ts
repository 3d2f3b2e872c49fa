import app from "./catalog/app.js";
import event from "./catalog/event.js";
import lintRule from "./catalog/lint-rule.js";
import method from "./catalog/method.js";
import module from "./catalog/module.js";
import service from "./catalog/service.js";
import settings from "./catalog/settings.js";
import subscriber from "./catalog/subscriber.js";
import type { Generator } from "./define-generator.js";

/** All generators, in the order in which they are listed. */
export const catalog: readonly Generator[] = [app, module, service, method, event, subscriber, settings, lintRule];

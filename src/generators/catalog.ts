import app from "./catalog/app.js";
import ci from "./catalog/ci.js";
import command from "./catalog/command.js";
import event from "./catalog/event.js";
import generator from "./catalog/generator.js";
import httpClient from "./catalog/http-client.js";
import job from "./catalog/job.js";
import lazyService from "./catalog/lazy-service.js";
import lintRule from "./catalog/lint-rule.js";
import method from "./catalog/method.js";
import module from "./catalog/module.js";
import operation from "./catalog/operation.js";
import pipeline from "./catalog/pipeline.js";
import platform from "./catalog/platform.js";
import pluginRule from "./catalog/plugin-rule.js";
import service from "./catalog/service.js";
import settings from "./catalog/settings.js";
import subscriber from "./catalog/subscriber.js";
import type { Generator } from "./define-generator.js";

/** All generators, in the order in which they are listed. */
export const catalog: readonly Generator[] = [
  app,
  module,
  service,
  lazyService,
  method,
  event,
  subscriber,
  settings,
  job,
  httpClient,
  pipeline,
  command,
  operation,
  platform,
  ci,
  generator,
  lintRule,
  pluginRule,
];

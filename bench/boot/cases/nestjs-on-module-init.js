// @ts-nocheck The peers are installed in bench/ only.
import "reflect-metadata";
import { Inject, Injectable, Module } from "@nestjs/common";
import { NestFactory } from "@nestjs/core";

/**
 * As in "Lifecycle events": a module each, with a provider that injects those of its imports and has an `onModuleInit`.
 *
 * @type {import("../cases.js").Declare}
 */
export function declare(modules) {
  const declared = new Map();
  for (const module of modules) {
    const dependencies = module.dependencies.map((dependency) => declared.get(dependency));
    const service = defineService(dependencies, module.hook);
    const imports = dependencies.map((dependency) => dependency.nestModule);
    const nestModule = defineNestModule({ imports, providers: [service], exports: [service] });
    declared.set(module, { service, nestModule });
  }
  const root = defineNestModule({ imports: [...declared.values()].map(({ nestModule }) => nestModule) });
  return async () => {
    const app = await NestFactory.createApplicationContext(root, { logger: false });
    return { app, close: () => app.close() };
  };
}

function defineService(dependencies, hook) {
  class NestService {
    async onModuleInit() {
      await hook();
    }
  }
  Injectable()(NestService);
  dependencies.forEach(({ service }, position) => Inject(service)(NestService, undefined, position));
  return NestService;
}

function defineNestModule(metadata) {
  class NestModule {}
  Module(metadata)(NestModule);
  return NestModule;
}

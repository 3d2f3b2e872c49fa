// @ts-nocheck The peers are installed in bench/ only.
import "reflect-metadata";
import { Module } from "@nestjs/common";
import { NestFactory } from "@nestjs/core";

/**
 * As in "Asynchronous providers": a module each, whose provider has an async factory and injects those of its imports.
 *
 * @type {import("../cases.js").Declare}
 */
export function declare(modules) {
  const declared = new Map();
  for (const module of modules) {
    const { id, dependencies, hook } = module;
    const inject = dependencies.map((dependency) => dependency.id);
    const provider = { provide: id, inject, useFactory: async () => ({ ready: await hook() }) };
    const imports = dependencies.map((dependency) => declared.get(dependency));
    declared.set(module, defineNestModule({ imports, providers: [provider], exports: [id] }));
  }
  const root = defineNestModule({ imports: [...declared.values()] });
  return async () => {
    const app = await NestFactory.createApplicationContext(root, { logger: false });
    return { app, close: () => app.close() };
  };
}

function defineNestModule(metadata) {
  class NestModule {}
  Module(metadata)(NestModule);
  return NestModule;
}

import { expect, test } from "vitest";
import { graphRuleNames } from "../../src/generators/configuration/rule-names.js";
import { listFiles, readText } from "./repository.js";

test("a configuration names what the gate finds in the graph of modules, and nothing else", async () => {
  const sources = await listFiles("src/generators/gate/module-graph");
  const texts = await Promise.all(sources.map(readText));
  const found = texts.flatMap((text) => [...text.matchAll(/"graph\/([a-z-]+)"/g)].map(([, name]) => name!));
  expect([...new Set(found)].sort()).toEqual([...graphRuleNames]);
});

import { createLogger } from "../../../src/runtime/services/create-logger.js";
import { expect, it } from "vitest";
import { maskLogger } from "../../../src/runtime/services/mask-logger.js";
import { createSecretMask } from "../../../src/runtime/settings/secret-mask.js";

it("a masked logger writes no secret that its mask knows, whatever logger it writes to", () => {
  const lines: string[] = [];
  const mask = createSecretMask();
  const logger = maskLogger(createLogger({ format: "json", level: "debug", write: (line) => lines.push(line) }), mask);
  mask.add("hunter2!");
  const child = logger.child({ url: "http://app:hunter2!@db/" });
  for (const level of ["debug", "info", "warn", "error"] as const) {
    child[level]("tried hunter2!", { list: ["hunter2!"], error: new Error("hunter2!") });
    logger[level]("tried hunter2!");
  }
  expect(lines).toHaveLength(8);
  for (const line of lines) {
    expect(line).not.toContain("hunter2");
    expect(JSON.parse(line)).toMatchObject({ message: "tried [masked]" });
  }
  expect(JSON.parse(lines[0]!)).toMatchObject({ level: "debug", url: "http://app:[masked]@db/", list: ["[masked]"] });
  expect(JSON.parse(lines[7]!)).toMatchObject({ level: "error" });
});

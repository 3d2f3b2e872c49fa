import { expect, test } from "vitest";
import { checkNode } from "../../../src/generators/doctor/node-version.js";

test.each(["20.19.0", "20.20.2", "22.13.0", "24.0.0", "25.1.0"])("Node %s is supported", (version) => {
  expect(checkNode(version).status).toBe("ok");
});

test.each(["18.20.0", "20.18.3", "21.7.0", "22.12.0", "23.11.0"])(
  "Node %s is not, and one is named that is",
  (version) => {
    expect(checkNode(version)).toMatchObject({ status: "wrong", remedy: expect.stringContaining("20.19") });
  },
);

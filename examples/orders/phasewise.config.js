import { defineConfig } from "phasewise";

export default defineConfig({
  extends: "strict",
  ignores: ["dist"],
  // Of each service of the platform there are two, of which an application has one.
  graph: { rules: { "duplicate-module": "off", "duplicate-service": "off" } },
});

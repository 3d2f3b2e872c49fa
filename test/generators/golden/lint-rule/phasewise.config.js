import lintRules from "./lint-rules/index.js";
import { defineConfig } from "phasewise";

export default defineConfig({
  extends: "strict",
  plugins: [lintRules],
});

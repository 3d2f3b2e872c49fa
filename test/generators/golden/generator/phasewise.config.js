import { defineConfig } from "phasewise";

export default defineConfig({
  extends: "strict",
  generators: ["./generators/page.ts"],
});

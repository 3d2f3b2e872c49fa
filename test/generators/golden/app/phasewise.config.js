import { defineConfig } from "phasewise";

// The editor and the gate go by this file: which rules hold, for which files, and what the rules take for a Result or a service.
export default defineConfig({
  extends: "recommended",
  ignores: ["dist"],
});

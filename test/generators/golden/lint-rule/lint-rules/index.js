import noBusyWait from "./no-busy-wait.js";

const rules = {
  "no-busy-wait": noBusyWait,
};

/** The lint rules of this workspace, for the editor and the gate: `plugins` in phasewise.config names them. */
export default {
  meta: { name: "local", file: import.meta.url },
  rules,
};

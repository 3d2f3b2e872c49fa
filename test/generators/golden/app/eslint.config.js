import phasewise from "@phasewise/eslint-plugin";

export default [{ ignores: ["dist/"] }, ...phasewise.configs.recommended];

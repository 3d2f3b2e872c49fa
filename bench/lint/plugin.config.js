import phasewise from "@phasewise/eslint-plugin";

export default phasewise.configs.recommended;

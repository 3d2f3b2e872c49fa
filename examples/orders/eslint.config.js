import phasewise from "@phasewise/eslint-plugin";
import config from "./phasewise.config.js";

export default phasewise.configure(config);

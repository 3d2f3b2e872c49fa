import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

setFlagsFromString("--expose-gc");

/** Collects all garbage, so that none of one boot is collected in the time of the next. @type {() => void} */
export const collectGarbage = runInNewContext("gc");

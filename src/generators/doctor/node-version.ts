import { type Check, ok, wrong } from "./check.js";

/** Node 20 from 20.19 on, 22 from 22.13 on, and everything from 24 on: the `engines` of our packages. */
export function checkNode(version: string): Check {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const isSupported = major >= 24 || (major === 22 && minor >= 13) || (major === 20 && minor >= 19);
  if (isSupported) return ok("node", `Node ${version} is supported.`);
  return wrong("node", `Node ${version} is not supported.`, "Install Node 20.19, 22.13, 24 or a later one of these.");
}

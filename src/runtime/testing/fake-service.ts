import { Result } from "../results/result.js";
import { encloseMethods } from "./enclosed-object.js";

/** The fake itself if it can be initialized; otherwise the fake with an `initialize` that succeeds. */
export function createFakeService(fake: object): object {
  if ("initialize" in fake) return fake;
  const service = encloseMethods(fake, (call) => call());
  return new Proxy(service, {
    get: (target, member) => (member === "initialize" ? initialize : Reflect.get(target, member)),
  });
}

async function initialize(): Promise<Result<undefined>> {
  return Result.success(undefined);
}

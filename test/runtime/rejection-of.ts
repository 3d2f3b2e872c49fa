import { ModuleError } from "@phasewise/runtime";
import { expect } from "vitest";

/** The `ModuleError` that the work rejects with. */
export async function rejectionOf(work: Promise<unknown>): Promise<ModuleError> {
  const outcome = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(outcome).toBeInstanceOf(ModuleError);
  return outcome as ModuleError;
}

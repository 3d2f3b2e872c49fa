import { expect } from "vitest";
import { SettingsError } from "../../../src/runtime/settings/settings-error.js";

/** The `SettingsError` that the work rejects with. */
export async function settingsRejectionOf(work: Promise<unknown>): Promise<SettingsError> {
  const outcome = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(outcome).toBeInstanceOf(SettingsError);
  return outcome as SettingsError;
}

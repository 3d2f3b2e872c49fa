import { InMemoryProvider, type Provider } from "@openfeature/server-sdk";
import type { ActivationContext } from "@phasewise/runtime";
import type { FeatureFlagsSettings } from "./feature-flags-settings.js";

/**
 * The provider that the service evaluates flags with: put yours here. What it needs, such as the address of its server, belongs
 * into the settings. It is started and closed with the module.
 */
export async function createFlagProvider(
  _context: ActivationContext,
  _settings: FeatureFlagsSettings,
): Promise<Provider> {
  return new InMemoryProvider({
    "new-checkout": { variants: { on: true, off: false }, defaultVariant: "off", disabled: false },
  });
}

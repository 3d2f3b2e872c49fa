export { cacheConformance } from "./cache-conformance.js";
export type { ConformanceCase, ServiceFactory } from "./conformance-case.js";
export { databaseConformance, type DatabaseFixture } from "./database-conformance.js";
export { pubSubConformance } from "./pub-sub-conformance.js";
export { secretsConformance, type SecretsFixture } from "./secrets-conformance.js";
export { objectStorageConformance } from "./object-storage-conformance.js";
export { settingsConformance, type SettingsFixture } from "./settings-conformance.js";
export { type ReceivedSpan, tracerConformance, type TracerFixture } from "./tracer-conformance.js";
export { featureFlagsConformance, type FeatureFlagsFixture } from "./feature-flags-conformance.js";

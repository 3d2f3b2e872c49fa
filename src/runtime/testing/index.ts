/* So that a start by a fake clock does not wait for the disk in between. */
import "../modules/module-host.js";

export { expectFailure, expectSuccess } from "./expectations.js";
export { expectNoLeaks, type LeakCheckOptions } from "./expect-no-leaks.js";
export { type FakeClock, fakeClock, type PendingTimer } from "./fake-clock.js";
export {
  type BlockingCall,
  type BlockingCallGuard,
  type BlockingCallGuardOptions,
  guardBlockingCalls,
} from "./guard-blocking-calls.js";
export type { Leak } from "./leak-check.js";
export {
  type ServiceFakes,
  type TestApplication,
  testApplication,
  type TestApplicationOptions,
} from "./test-application.js";
export type { RecordedEvents } from "./recorded-events.js";
export type { TestContext } from "./test-end.js";
export { exploreSchedules, type ScheduleExploration, type ScheduleExplorationOptions } from "./explore-schedules.js";
export { formatExploration } from "./format-exploration.js";
export type { Fault, Schedule } from "./schedule.js";
export type { ScheduleFinding, ScheduleFindingKind } from "./schedule-findings.js";
export type { StubOptions } from "./stubs/stub-calls.js";
export {
  type StubAnswer,
  type StubDatabase,
  stubDatabase,
  type StubDatabaseOptions,
  type StubStatement,
} from "./stubs/stub-database.js";
export { type StubCacheOptions, stubCache } from "./stubs/stub-cache.js";
export { type StubPubSubOptions, stubPubSub } from "./stubs/stub-pub-sub.js";
export { type StubSecrets, stubSecrets, type StubSecretsOptions } from "./stubs/stub-secrets.js";
export { stubObjectStorage } from "./stubs/stub-object-storage.js";
export { stubSettings, type StubSettingsOptions } from "./stubs/stub-settings.js";
export { type RecordedSpan, type StubTracer, stubTracer } from "./stubs/stub-tracer.js";
export { type StubFeatureFlags, stubFeatureFlags, type StubFeatureFlagsOptions } from "./stubs/stub-feature-flags.js";

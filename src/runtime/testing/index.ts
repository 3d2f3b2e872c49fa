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

import type { BootOptions } from "../modules/application-options.js";
import type { ModuleReport } from "../modules/boot-report.js";
import type { Module } from "../modules/define-module.js";
import type { ModuleApplication } from "../modules/module-application.js";
import { systemClock } from "../tasks/clock.js";
import { assembleApplication } from "./assemble-application.js";
import { type FakeClock, fakeClock } from "./fake-clock.js";
import { GatedModules, type HookRecord } from "./gated-modules.js";
import { type Leak, LeakCheck } from "./leak-check.js";
import { runInModule } from "./module-zone.js";
import type { Schedule } from "./schedule.js";
import { settle } from "./settle.js";
import { collectUnhandledRejections } from "./unhandled-rejections.js";

/** What a run needs beside its schedule. */
export interface RunOptions extends Omit<BootOptions, "clock"> {
  readonly modules: readonly Module[];
  readonly services: Readonly<Record<string, object>>;
  readonly isFirst: boolean;
}

/** How a boot or a stop ended, if it did. */
export interface Ending {
  readonly hasEnded: boolean;
  readonly error?: unknown;
}

/** Everything that was seen in one run. */
export interface RunRecord {
  readonly schedule: Schedule;
  readonly hooks: readonly HookRecord[];
  readonly start: Ending;
  readonly stop: Ending;
  readonly modules: readonly ModuleReport[];
  readonly leaks: readonly Leak[];
  readonly unhandled: readonly unknown[];
}

/** How long something real may take, in milliseconds, before fake time passes or the work is given up. */
const patienceMs = {
  /** A file is being read, say, with nothing to be seen of it. */
  withOpenIo: 200,
  /** Nothing is known to be open, but a hook may be loading code. In later runs it is loaded. */
  inFirstRun: 200,
  inLaterRuns: 10,
  /** Even the clock has nothing to wait for. */
  beforeGivingUp: 1_000,
};

/** Of fake time, many times what the timeouts of all hooks together need. */
const maxSteps = 10_000;

/** Boots the modules and stops them, by one schedule and a fake clock. Never rejects: whatever happens goes into the record. */
export async function playSchedule(schedule: Schedule, { isFirst, ...options }: RunOptions): Promise<RunRecord> {
  const check = new LeakCheck();
  const clock = fakeClock();
  const rejections = collectUnhandledRejections();
  check.watchClock(clock);

  const gated: GatedModules = new GatedModules(options.modules, schedule, () => void app.stop().catch(() => {}));
  const enclose = <T>(moduleId: string, work: () => T): T => clock.run(() => runInModule(moduleId, work));
  const app: ModuleApplication = assembleApplication({ ...options, modules: gated.modules, clock, enclose });
  const stage = { gated, clock, check, isFirst };
  const drive = (work: () => Promise<unknown>) =>
    driveToEnd(
      check.enclose(() => clock.run(work)),
      stage,
    );
  const start = await drive(() => app.start());
  const stop = await drive(() => app.stop());
  const leaks = await check.findLeaks(stop.hasEnded ? 50 : 0);
  rejections.stop();
  check.stop();
  const { modules } = app.report;
  return { schedule, hooks: gated.records, start, stop, modules, leaks, unhandled: rejections.reasons };
}

interface Stage {
  readonly gated: GatedModules;
  readonly clock: FakeClock;
  readonly check: LeakCheck;
  readonly isFirst: boolean;
}

/** Opens gates and lets time pass until the work has ended, or until nothing could let it end any more. */
async function driveToEnd(work: Promise<unknown>, stage: Stage): Promise<Ending> {
  const { gated, clock } = stage;
  let ending: Ending = { hasEnded: false };
  work.then(
    () => (ending = { hasEnded: true }),
    (error: unknown) => (ending = { hasEnded: true, error }),
  );
  for (let step = 0; step < maxSteps; step++) {
    await settle();
    if (ending.hasEnded) break;
    if (gated.openNext() || (await waitForReality(stage, () => ending.hasEnded))) continue;
    const [next] = clock.listPending();
    if (!next) break;
    await clock.advance(next.dueMs - clock.now());
  }
  return ending;
}

/** Waits for what no fake clock drives. Was there anything to be seen of it? */
async function waitForReality(stage: Stage, hasEnded: () => boolean): Promise<boolean> {
  const { gated, check } = stage;
  const before = check.openIo;
  const untilMs = systemClock.now() + getPatienceMs(stage);
  while (systemClock.now() < untilMs) {
    await new Promise<void>((resolve) => void systemClock.schedule(resolve, 1));
    if (gated.hasWaiting || hasEnded() || check.openIo !== before) return true;
  }
  return false;
}

function getPatienceMs({ gated, clock, check, isFirst }: Stage): number {
  if (clock.pending === 0) return patienceMs.beforeGivingUp;
  if (check.openIo !== "") return patienceMs.withOpenIo;
  if (!gated.isRunning) return 0;
  return isFirst ? patienceMs.inFirstRun : patienceMs.inLaterRuns;
}

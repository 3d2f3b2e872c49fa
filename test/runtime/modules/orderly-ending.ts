import { type ModuleState, ModuleError } from "@phasewise/runtime";
import { expect } from "vitest";
import { transitions as table } from "../../../src/runtime/modules/module-state.js";
import type { FaultRun, Scenario } from "./fault-run.js";
import type { HookCall, Kind, Site } from "./faulty-module.js";

/** Expects what must be true of an application that was started and stopped, whatever its modules did. */
export function expectOrderlyEnding(run: FaultRun): void {
  expectDefinedStates(run);
  expectNothingLeft(run);
  expectTurns(run);
  expectCulpritsNamed(run);
}

function expectDefinedStates({ app, transitions, start, stop, secondStop, changes, ...run }: FaultRun): void {
  expect(app.report.status).toBeOneOf(["stopped", "failed"]);
  const latest = new Map<string, ModuleState>();
  for (const { moduleId, from, to } of transitions) {
    expect(table[from.status], `a step of ${moduleId} from ${from.status}`).toContain(to.status);
    expect(from).toBe(latest.get(moduleId) ?? from);
    latest.set(moduleId, to);
  }
  for (const { id, state } of app.report.modules) {
    expect(state.status, `the end of ${id}`).toBeOneOf(["known", "stopped", "failed", "blocked"]);
    expect(state).toEqual(latest.get(id) ?? { status: "known" });
  }
  for (const { hasFailed, error } of [start, stop, ...changes]) {
    if (hasFailed) expect(error).toBeInstanceOf(ModuleError);
  }
  expect(secondStop).toEqual(stop);
  expect(run.callsOfSecondStop, "calls of the second stop").toBe(0);
}

function expectNothingLeft({ modules, timersLeft, subscriptionsLeft, told }: FaultRun): void {
  expect(timersLeft, "timers left").toBe(0);
  expect(subscriptionsLeft, "subscriptions left").toBe(0);
  expect(
    [...modules.disposals.values()].filter((times) => times !== 1),
    "not disposed once",
  ).toEqual([]);
  for (const { moduleId, site, hasEnded, kind } of modules.calls) {
    if (hasEnded || kind === "hang" || kind === "wait for the signal") continue;
    expect(told, "abandoned").toContain(`Module "${moduleId}": ${carriers[site] ?? site} was not done`);
  }
}

/** The hooks in which the rest happens. */
const carriers: { readonly [S in Site]?: string } = {
  "service initialization": "setupModule",
  "service disposal": "disposal",
  "lazy disposal": "disposal",
  "module disposal": "disposal",
};

const hooksOfBoot: readonly Site[] = ["initialize", "setupModule", "setup hook", "install", "start"];
const upAndRunning: readonly string[] = ["activating", "installing", "active", "starting", "started", "stopping"];

function expectTurns({ scenario, modules, transitions, active, reached }: FaultRun): void {
  const late = modules.calls.filter(({ site, isAfterStop }) => isAfterStop && hooksOfBoot.includes(site));
  expect(late, "begun after stop()").toEqual([]);

  const status = new Map<string, string>();
  scenario.dependencies.forEach((_, position) => {
    const id = `m${position}`;
    const activations = transitions.filter(({ moduleId, to }) => moduleId === id && to.status === "active");
    const stops = modules.calls.filter(({ moduleId, site }) => moduleId === id && site === "stop");
    expect(stops.length, `stops of ${id}`).toBe(activations.length);
  });
  for (const { moduleId, to } of transitions) {
    status.set(moduleId, to.status);
    if (to.status !== "stopping") continue;
    scenario.dependencies.forEach((dependencies, position) => {
      if (!dependencies.some((dependency) => `m${dependency}` === moduleId)) return;
      expect(upAndRunning, `m${position} when ${moduleId} stops`).not.toContain(status.get(`m${position}`));
    });
  }
  if (active.length > 0) expect([...reached].sort(), "receives events").toEqual([...active].sort());
}

const lasting: readonly Kind[] = ["hang", "late answer", "late rejection", "slow answer", "wait for the signal"];

/** May a hook run into its timeout? One may also wait for a module that waits for its place. */
function mayLast({ faults, waits = [], maxConcurrency, limited = [] }: Scenario): boolean {
  const isNarrow = maxConcurrency !== undefined || limited.length > 0;
  return faults.some(({ kind }) => lasting.includes(kind)) || (waits.length > 0 && isNarrow);
}

function expectCulpritsNamed({ scenario, modules, told, toldByErrors }: FaultRun): void {
  if (!mayLast(scenario)) expect(told).not.toContain("was not done");
  const isAlone = scenario.faults.length === 1 && scenario.stopAtMs === undefined;
  for (const call of modules.calls) {
    const isOfBoot = hooksOfBoot.includes(call.site) || call.site === "service initialization";
    const traces = findTraces(call, isAlone);
    if (traces) expect(isOfBoot ? toldByErrors : told, `${call.kind} at ${call.site}`).toMatch(new RegExp(traces));
  }
}

/** A hook that answers the abort of its signal has not failed. */
const harmless: readonly Kind[] = ["slow answer", "plain function", "stop of the application", "wait for the signal"];

/**
 * What must be told of a call, if it has failed: one of these, as the source of a regular expression. Nobody
 * needs a lazy service any more when something else has interrupted the boot.
 */
function findTraces({ moduleId, site, kind }: HookCall, isAlone: boolean): string | undefined {
  if (kind === undefined || harmless.includes(kind)) return undefined;
  const disposal = `Module "${moduleId}": disposal`;
  switch (site) {
    case "lazy service":
      return kind === "hang" || isAlone ? `"${moduleId}.lazy"|${disposal}` : undefined;
    case "background task":
      if (kind === "late answer") return undefined;
      return kind === "hang" ? disposal : `a background task failed","module":"${moduleId}","task":"poll"|${disposal}`;
    case "event handler":
      if (kind === "late answer") return undefined;
      return kind === "hang" ? disposal : `event handler failed","module":"${moduleId}"|${disposal}`;
    case "awaited event handler":
      return kind === "hang" ? disposal : undefined;
    default:
      return `Module "${moduleId}": ${carriers[site] ?? site}`;
  }
}

import { type Settings, defaultSettings, readSettings } from "../settings.js";
import type { Project } from "./types.js";

const views = new WeakMap<Project, Map<string, Project>>();
const settingsOfViews = new WeakMap<Project, Settings>();

/**
 * The project as files with these settings see it: one view for all files whose settings are the same. All that the
 * rules remember, they remember by project, so an answer that depends on settings never gets to a file with others.
 *
 * @throws Error for settings that the rules cannot use.
 */
export function getProjectView(project: Project, settings: unknown): Project {
  if (settings === undefined) return project;
  const key = JSON.stringify(settings);
  const known = views.get(project) ?? new Map<string, Project>();
  views.set(project, known);
  let view = known.get(key);
  if (!view) {
    view = Object.create(project) as Project;
    settingsOfViews.set(view, readSettings(settings));
    known.set(key, view);
  }
  return view;
}

/** The settings that a project is seen under. */
export function getSettings(project: Project): Settings {
  return settingsOfViews.get(project) ?? defaultSettings;
}

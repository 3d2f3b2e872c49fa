import { SettingsError, type SettingsIssue } from "./settings-error.js";

/** A place in a file; both count from 1. */
export interface Position {
  readonly line: number;
  readonly col: number;
}

export const invalidSchema = (moduleId: string, problem: string, cause?: unknown) =>
  new SettingsError(
    "INVALID_SCHEMA",
    `The schema of module "${moduleId}" ${problem}. Give registerSettings a Standard Schema, such as one of zod.`,
    { cause },
  );

export const invalidSettings = (moduleId: string, issues: readonly SettingsIssue[]) =>
  new SettingsError(
    "INVALID_SETTINGS",
    `The settings of module "${moduleId}" are not valid:\n${issues.map(formatIssue).join("\n")}`,
    { issues },
  );

export const unreadable = (path: string, cause: unknown) =>
  new SettingsError(
    "SETTINGS_UNREADABLE",
    `${path} cannot be read (${(cause as NodeJS.ErrnoException).code}). ` +
      "Correct what lies there, or give createApplication another settingsDirectory.",
    { cause },
  );

export const malformedFile = (file: string, problem: string, position?: Position) =>
  new SettingsError(
    "SETTINGS_MALFORMED",
    `${file} ${problem}${position ? ` (line ${position.line}, column ${position.col})` : ""}. Correct it there.`,
  );

export const ambiguousFiles = (moduleId: string, files: readonly string[]) =>
  new SettingsError(
    "SETTINGS_AMBIGUOUS",
    `Module "${moduleId}" has several settings files: ${files.join(" and ")}. Keep one of them.`,
  );

export const yamlNotInstalled = (file: string, cause: unknown) =>
  new SettingsError(
    "YAML_NOT_INSTALLED",
    `${file} needs the package yaml, which cannot be imported. Run "npm install yaml", or write the file as JSON.`,
    { cause },
  );

function formatIssue({ path, message, source }: SettingsIssue): string {
  return `- ${path === "" ? "" : `${path}: `}${message} (${source})`;
}

import { PhasewiseError } from "../results/coded-error.js";

/** What can be wrong with settings; `docs/settings.md` has the meaning of each. */
export type SettingsErrorCode =
  | "INVALID_SETTINGS"
  | "INVALID_SCHEMA"
  | "SETTINGS_UNREADABLE"
  | "SETTINGS_MALFORMED"
  | "SETTINGS_AMBIGUOUS"
  | "YAML_NOT_INSTALLED";

/** One thing that is wrong with the settings of a module. Holds no value of a setting. */
export interface SettingsIssue {
  /** The dotted path of the setting, such as `smtp.host`; empty for the settings as a whole. */
  readonly path: string;
  /** What the schema says. */
  readonly message: string;
  /** Where the value came from, or where to set it if it is missing. */
  readonly source: string;
}

/** What unreadable or invalid settings throw. The message names the module or file, every issue, and where each came from. */
export class SettingsError extends PhasewiseError<SettingsErrorCode> {
  /** With `INVALID_SETTINGS`: everything that the schema does not accept. */
  readonly issues: readonly SettingsIssue[];

  constructor(
    code: SettingsErrorCode,
    message: string,
    options: ErrorOptions & { issues?: readonly SettingsIssue[] } = {},
  ) {
    super(code, message, options);
    this.issues = options.issues ?? [];
  }
}

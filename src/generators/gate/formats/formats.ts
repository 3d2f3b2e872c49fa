import type { Paint } from "../colours.js";
import type { GateReport } from "../finding.js";
import { formatGithub } from "./github.js";
import { formatGitlab } from "./gitlab.js";
import { formatJson } from "./json.js";
import { formatJunit } from "./junit.js";
import { formatMarkdown } from "./markdown.js";
import { formatPretty } from "./pretty.js";
import { formatSarif } from "./sarif.js";

/** What a format knows beside the report. */
export interface Surroundings {
  readonly paint: Paint;
  /** Version of this program. */
  readonly version: string;
  /** The way from the root of the repository to the workspace: empty, or `packages/shop/`. */
  readonly prefix: string;
  /** A name for each finding that stays from run to run, in their order, where the format needs them. */
  readonly identifiers: readonly string[];
}

/** Writes a report down, without a line break at the end. */
export type Format = (report: GateReport, surroundings: Surroundings) => string;

/** All formats by the name that `--format` takes. */
export const formats = {
  pretty: formatPretty,
  json: formatJson,
  sarif: formatSarif,
  github: formatGithub,
  gitlab: formatGitlab,
  junit: formatJunit,
  markdown: formatMarkdown,
} as const satisfies Record<string, Format>;

export type FormatName = keyof typeof formats;

export const formatNames = Object.keys(formats) as FormatName[];

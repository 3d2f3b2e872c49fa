import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { GeneratorError } from "../../errors.js";
import type { Paint } from "../../gate/colours.js";
import { renderPage } from "../page-assets.js";
import type { TimelinePageData } from "../page-data.js";
import { formatChromeTrace } from "./chrome-trace.js";
import { parseBootReport } from "./report.js";
import { createTimeline } from "./timeline.js";
import { formatTimelineText } from "./timeline-text.js";

/** Draws the boot that a report tells of; the file starts from a folder. */
export async function formatBoot(
  folder: string,
  file: string,
  format: "text" | "json" | "html" | "chrome-trace",
  paint: Paint,
): Promise<string> {
  const timeline = createTimeline(await readReport(folder, file));
  if (format === "text") return formatTimelineText(timeline, paint);
  if (format === "json") return JSON.stringify(timeline, null, 2);
  if (format === "chrome-trace") return formatChromeTrace(timeline);
  const data: TimelinePageData = { title: "Boot timeline", timeline };
  return renderPage({ title: data.title, script: "timeline-page", data });
}

async function readReport(folder: string, file: string) {
  try {
    return parseBootReport(await readFile(resolve(folder, file), "utf8"));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new GeneratorError(
      "WRONG_USAGE",
      `${file} is no boot report that can be read: ${reason}. ` +
        "Write one in the application: `await writeFile(file, JSON.stringify(app.report))`.",
      { cause },
    );
  }
}

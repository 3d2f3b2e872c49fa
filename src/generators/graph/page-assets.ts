import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";

// The build bundles the scripts of the pages beside the program.
const folder = new URL(import.meta.url.endsWith(".ts") ? "../dist/page/" : "./page/", import.meta.url);

/** What a page shows, and the script that shows it. */
export interface Page {
  readonly title: string;
  readonly script: "graph-page" | "timeline-page";
  readonly data: unknown;
}

/** A page that is one file: it loads nothing, runs its own script alone, and has its data as text that no markup ends. */
export async function renderPage({ title, script, data }: Page): Promise<string> {
  const [code, style] = await Promise.all(
    [`${script}.js`, "page.css"].map(async (name) => `\n${(await readFile(new URL(name, folder), "utf8")).trim()}\n`),
  );
  const policy = [
    "default-src 'none'",
    `script-src '${hash(code!)}'`,
    `style-src '${hash(style!)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)}</title>
<style>${style}</style>
</head>
<body>
<noscript>This page draws itself with a script of its own. Allow scripts to see it.</noscript>
<script type="application/json" id="data">${escapeJson(data)}</script>
<script>${code}</script>
</body>
</html>`;
}

/** As a Content-Security-Policy names a text that may be used. */
function hash(text: string): string {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}

function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (letter) => `&#${letter.codePointAt(0)};`);
}

/** JSON in which no letter can be taken for markup. */
function escapeJson(data: unknown): string {
  return JSON.stringify(data).replaceAll(/[<>&\u2028\u2029]/g, (letter) => {
    return `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
}

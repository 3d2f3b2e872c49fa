import { access } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import { type Page, chromium } from "playwright-core";

/** A page in a browser without a window, and what it complained about; closed at the end of its scope. */
export interface OpenPage extends AsyncDisposable {
  readonly page: Page;
  readonly complaints: readonly string[];
}

const usual = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** The browser that `PHASEWISE_CHROMIUM` names, or one in a usual place. */
async function findChromium(): Promise<string | undefined> {
  const named = process.env["PHASEWISE_CHROMIUM"];
  const candidates = named ? [named] : usual;
  const there = await Promise.all(
    candidates.map((path) =>
      access(path).then(
        () => true,
        () => false,
      ),
    ),
  );
  return candidates.find((_, index) => there[index]);
}

const executablePath = await findChromium();
const isRequired = process.env["PHASEWISE_REQUIRE_SERVICES"] === "1";

/** Where there is no browser, tests that need one are left out, unless everything has to be there. */
export const isWithoutBrowser = executablePath === undefined && !isRequired;
if (isWithoutBrowser)
  console.warn("Pages are not tested: no Chromium found. Install it, or name it in PHASEWISE_CHROMIUM.");

export async function openPage(file: string, colorScheme: "light" | "dark" = "light"): Promise<OpenPage> {
  if (executablePath === undefined)
    throw new Error("No Chromium found. Install it (apt-get install chromium), or name it in PHASEWISE_CHROMIUM.");
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, colorScheme });
  const complaints: string[] = [];
  page.on("console", (message) => void complaints.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", ({ message }) => void complaints.push(message));
  page.on("request", (request) => {
    if (!/^(?:file|data):/.test(request.url())) complaints.push(`asks for ${request.url()}`);
  });
  page.on("dialog", (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  await page.goto(pathToFileURL(file).href);
  return { page, complaints, [Symbol.asyncDispose]: () => browser.close() };
}

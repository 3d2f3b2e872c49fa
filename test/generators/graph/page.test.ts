import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { isWithoutBrowser, openPage } from "./browser.js";
import { shop } from "./shop.js";
import { createWorkspace, moduleFile } from "./workspace.js";
import { type Files, temporaryFolder } from "../temporary-folder.js";

const pages = new Map<Files, Promise<string>>();

/** The page of a workspace with these files, in a browser; drawn once for the same files. */
async function openGraph(files: Files, colorScheme?: "light" | "dark") {
  const drawn = pages.get(files) ?? drawGraph(files);
  pages.set(files, drawn);
  await using folder = await temporaryFolder({ "graph.html": await drawn });
  return await openPage(join(folder.path, "graph.html"), colorScheme);
}

async function drawGraph(files: Files): Promise<string> {
  await using workspace = await createWorkspace(files);
  const { exitCode, stdout, stderr } = await workspace.run("graph", "--format", "html");
  if (exitCode !== 0) throw new Error(stderr);
  return stdout;
}

describe.skipIf(isWithoutBrowser)("the page of a graph", () => {
  test.each(["light", "dark"] as const)(
    "shows a module's details at a click, and nothing is complained about, %s",
    async (scheme) => {
      await using opened = await openGraph(shop, scheme);
      const { page, complaints } = opened;
      const details = page.getByRole("complementary");
      expect(await details.getByRole("heading", { level: 2 }).textContent()).toBe("All modules");
      expect(await details.textContent()).toContain("6 modules · 4 levels · 4 problems");

      await page.getByRole("button", { name: /^orders, never activated, problems: 1$/ }).click();
      expect(await details.getByRole("heading", { level: 2 }).textContent()).toBe("orders");
      expect(await details.textContent()).toContain(
        "Modules depend on each other in a circle: orders → billing → orders.",
      );
      expect(await details.textContent()).toContain("orders.paid handled by mail");

      await details.getByRole("button", { name: "core.database" }).click();
      expect(await details.textContent()).toContain("core.database Database");
      expect(await details.getByRole("button", { name: "orders" }).count()).toBe(1);
      await details.getByRole("button", { name: "Close" }).click();
      expect(await details.getByRole("heading", { level: 2 }).textContent()).toBe("All modules");
      expect(complaints).toEqual([]);
    },
  );

  test("draws circles and undeclared dependencies in red", async () => {
    await using opened = await openGraph(shop);
    const getColours = (selector: string) =>
      opened.page.evaluate<string[]>(
        `[...document.querySelectorAll("${selector}")].map((line) => getComputedStyle(line).stroke)`,
      );
    const red = "rgb(198, 40, 40)";
    expect(await getColours(".line.circular, .line.undeclared")).toEqual([red, red, red]);
    expect(new Set(await getColours(".line.declared"))).toEqual(new Set(["rgb(135, 147, 165)"]));
  });

  test("finds modules by id, class and event, and brings the first into sight at Enter", async () => {
    await using opened = await openGraph(shop);
    const { page, complaints } = opened;
    await page.keyboard.press("/");
    await page.keyboard.type("orders.");
    expect(await page.getByRole("group", { name: "Found modules" }).getByRole("button").allTextContents()).toEqual([
      "mail",
      "orders",
    ]);
    expect(await page.locator(".box.dim").count()).toBe(4);
    await page.getByRole("searchbox").fill("DATABASE");
    await page.keyboard.press("Enter");
    expect(await page.getByRole("complementary").getByRole("heading", { level: 2 }).textContent()).toBe(
      "core.database",
    );
    expect(await page.locator(".box.selected").getAttribute("aria-label")).toBe("core.database, level 1");
    await page.keyboard.press("Escape");
    expect(await page.locator(".box.dim, .box.selected").count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  test("is zoomed by the wheel, by buttons and by keys, moved by dragging, and fitted again", async () => {
    await using opened = await openGraph(shop);
    const { page } = opened;
    const transform = async () => (await page.locator(".content").getAttribute("transform")) ?? "";
    const zoom = async () => Number(/scale\((.*)\)/.exec(await transform())?.[1]);
    const fitted = await transform();
    const begun = await zoom();
    await page.mouse.move(400, 300);
    await page.mouse.wheel(0, -200);
    await expect.poll(zoom).toBeGreaterThan(begun * 1.2);
    await page.getByRole("button", { name: "Zoom out" }).click();
    await page.keyboard.press("-");
    await page.keyboard.press("-");
    await expect.poll(zoom).toBeLessThan(begun);
    const before = await transform();
    await page.mouse.move(60, 90);
    await page.mouse.down();
    await page.mouse.move(160, 190, { steps: 4 });
    await page.mouse.up();
    expect(await transform()).not.toBe(before);
    expect(await page.locator(".box.selected").count()).toBe(0);
    await page.keyboard.press("0");
    expect(await transform()).toBe(fitted);
  });

  test("can be used with the keyboard alone", async () => {
    await using opened = await openGraph(shop);
    const { page } = opened;
    await page.locator(".box[tabindex='0']").focus();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Enter");
    expect(await page.locator(".box.selected").getAttribute("aria-label")).toMatch(/, level 1$/);
    expect(await page.locator(".box[tabindex='0']").count()).toBe(1);
  });

  test("shows ids that look like markup as they are, and runs no script but its own", async () => {
    const hostile = `</script><img src=x onerror=alert(1)>"'`;
    await using opened = await openGraph({ "modules/a/module.ts": moduleFile(hostile) });
    const { page, complaints } = opened;
    await page.locator(".box").click();
    expect(await page.getByRole("complementary").getByRole("heading", { level: 2 }).textContent()).toBe(hostile);
    expect(await page.locator("img").count()).toBe(0);
    expect(complaints).toEqual([]);
    await page.evaluate(
      `document.body.append(Object.assign(document.createElement("script"), { textContent: "window.strange = 1" }))`,
    );
    expect(await page.evaluate("window.strange")).toBeUndefined();
    expect(complaints.join("\n")).toContain("Content Security Policy");
  });

  test("shows 500 modules as a drawing that fits, and finds one of them", async () => {
    const files = Array.from({ length: 500 }, (_, index) => {
      const properties = index === 0 ? "" : `  dependencies: ["part.of-${Math.floor((index - 1) / 3)}"],\n`;
      return [`modules/part/of-${index}/module.ts`, moduleFile(`part.of-${index}`, { properties })] as const;
    });
    await using opened = await openGraph(Object.fromEntries(files));
    const { page, complaints } = opened;
    expect(await page.locator(".box").count()).toBe(500);
    const [drawing, area] = await Promise.all([
      page.locator(".content").boundingBox(),
      page.locator(".drawing").boundingBox(),
    ]);
    expect(drawing!.width).toBeLessThanOrEqual(area!.width + 1);
    expect(drawing!.height).toBeLessThanOrEqual(area!.height + 1);
    await page.getByRole("searchbox").fill("of-321");
    await page.keyboard.press("Enter");
    const box = await page.locator(".box.selected").boundingBox();
    expect(box!.height).toBeGreaterThan(18);
    expect(box!.x).toBeGreaterThan(area!.x);
    expect(box!.x + box!.width).toBeLessThan(area!.x + area!.width);
    expect(complaints).toEqual([]);
  });
});

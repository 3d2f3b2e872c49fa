/** A part of a page below a heading. */
export interface Section {
  readonly title: string;
  readonly text: string;
}

/** The parts of a page by their headings. */
export function getSections(page: string): Section[] {
  return page.split(/^## /m).map((section) => {
    const [title = "", ...lines] = section.split("\n");
    return { title, text: lines.join("\n") };
  });
}

/** The TypeScript examples of a section by the file that each names in its first line. */
export function getExamples(text: string): Record<string, string> {
  const blocks = [...text.matchAll(/^```ts\n(\/\/ (\S+)\n[^]*?)^```$/gm)];
  if (blocks.length < text.split(/^```ts$/m).length - 1) throw new Error(`An example names no file: ${text}`);
  return Object.fromEntries(blocks.map(([, code = "", file = ""]) => [file, code]));
}

import MagicString from "magic-string";
import * as morph from "ts-morph";
import type { Edit } from "./edit.js";

/** The text of a file after some edits; everything they do not touch, its byte order mark and line ends too, is kept. */
export function editText(path: string, before: string, edits: readonly Edit[]): string {
  const mark = before.startsWith("\uFEFF") ? "\uFEFF" : "";
  const lineEnd = /\r?\n/.exec(before)?.[0] ?? "\n";
  const project = new morph.Project({ useInMemoryFileSystem: true, skipLoadingLibFiles: true });
  let code = before.slice(mark.length);
  for (const edit of edits) {
    const result = new MagicString(code);
    const text = code;
    let source: morph.SourceFile | undefined;
    edit({
      path,
      text,
      get source() {
        return (source ??= project.createSourceFile(path.endsWith(".json") ? "edited.json" : "edited.ts", text, {
          overwrite: true,
        }));
      },
      morph,
      insert: (offset, added) => void result.appendLeft(offset, added.replaceAll("\n", lineEnd)),
      replace: (start, end, added) => void result.update(start, end, added.replaceAll("\n", lineEnd)),
    });
    code = result.toString();
  }
  return mark + code;
}

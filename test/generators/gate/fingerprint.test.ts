import { join } from "node:path";
import fc from "fast-check";
import { type Options, format } from "prettier";
import { expect, test } from "vitest";
import type { Finding } from "../../../src/generators/gate/finding.js";
import { fingerprintAll } from "../../../src/generators/gate/fingerprint.js";
import { temporaryFolder } from "../temporary-folder.js";

const folder = await temporaryFolder();

/** The fingerprints of every `bad` in a text, sorted. */
async function fingerprintsOf(text: string): Promise<string[]> {
  await folder.write({ "a.ts": text });
  const findings = [...text.matchAll(/\bbad\b/g)].map(({ index }) => findingAt(text, index));
  return (await fingerprintAll(folder.path, findings)).map(({ key }) => key).sort();
}

function findingAt(text: string, index: number): Finding {
  const lines = text.slice(0, index).split(/\r\n|\n/);
  const [line, column] = [lines.length, lines.at(-1)!.length + 1];
  const excerpt = { text: text.split(/\r\n|\n/)[line - 1]!, width: 3 };
  const place = { file: "a.ts", line, column, endLine: line, endColumn: column + 3 };
  return { rule: "no-bad", severity: "error", ...place, message: "", path: [], steps: [], excerpt };
}

const statement = fc.constantFrom(
  `bad("a", 1);`,
  `const x = await bad({ "key": 'it\\'s', other: [1, 2, 0XFF] });`,
  `if (bad(x => x.y)) { return bad; } else { good(bad); }`,
  `for (const item of bad.items()) good((item as string), ((bad)));`,
  `try { bad; } catch (error) { throw new Error(\`\${bad} failed\`, { cause: error }); }`,
  `list.map((item) => { bad(item); }).filter(async item => bad(item) && (a ?? b));`,
  `const config = { bad, run() { bad(); }, nested: { "quoted-key": bad, 'plain': 1 } };`,
  `switch (bad) { case 1: bad(); break; default: good(); }`,
);
const declaration = fc
  .tuple(
    fc.constantFrom("function", "class", "const", "object"),
    fc.constantFrom("load", "save"),
    fc.array(statement, { minLength: 1, maxLength: 4 }),
  )
  .map(([kind, name, statements]) => {
    const body = `{\n${statements.join("\n")}\n}`;
    if (kind === "function") return `export async function ${name}() ${body}`;
    if (kind === "class") return `class ${name} {\n#field = bad;\nasync run() ${body}\n}`;
    return kind === "const" ? `const ${name} = async () => ${body};` : `define({ id: "x", async ${name}() ${body} });`;
  });
const program = fc.array(declaration, { minLength: 1, maxLength: 4 });
const style = fc.record<Options>({
  semi: fc.boolean(),
  singleQuote: fc.boolean(),
  useTabs: fc.boolean(),
  printWidth: fc.integer({ min: 20, max: 160 }),
  quoteProps: fc.constantFrom("as-needed", "consistent", "preserve"),
  arrowParens: fc.constantFrom("always", "avoid"),
  trailingComma: fc.constantFrom("all", "none"),
  endOfLine: fc.constantFrom("lf", "crlf"),
});

test("fingerprints stay when declarations and lines move", async () => {
  const moves = fc.tuple(program, fc.array(fc.constantFrom("", "  ", "// a note", "/* two\n lines */")), fc.nat());
  await fc.assert(
    fc.asyncProperty(moves, async ([parts, added, turn]) => {
      const turned = [...parts.slice(turn % parts.length), ...parts.slice(0, turn % parts.length)];
      const moved = [...added, ...turned.flatMap((part) => [...added, part])].join("\n");
      expect(await fingerprintsOf(moved)).toEqual(await fingerprintsOf(parts.join("\n")));
    }),
    { numRuns: 60 },
  );
});

test("fingerprints stay when a formatter writes the file anew", async () => {
  await fc.assert(
    fc.asyncProperty(program, style, async (parts, options) => {
      const text = parts.join("\n");
      const formatted = await format(text, { ...options, parser: "typescript" });
      expect(await fingerprintsOf(formatted)).toEqual(await fingerprintsOf(text));
    }),
    { numRuns: 60 },
  );
});

test.each([
  ["another argument", "function load() { bad(1); }", "function load() { bad(2); }"],
  ["another text", "function load() { bad('a b'); }", "function load() { bad('a  b'); }"],
  ["another function", "function load() { bad(1); }", "function save() { bad(1); }"],
  ["another class", "class A { m() { bad; } }", "class B { m() { bad; } }"],
  ["another operator", "if (a && bad) good();", "if (a || bad) good();"],
  ["another comment", "// bad for a reason\ngood;", "// bad for another reason\ngood;"],
])("%s is another fingerprint", async (_, one, other) => {
  expect(await fingerprintsOf(one)).not.toEqual(await fingerprintsOf(other));
});

test.each([
  ["the body below a condition", "if (bad) { good(1); }", "if (bad) { good(2); other(); }"],
  ["another property of an object", "define({ a: 1, b: bad });", "define({ a: 2, b: bad });"],
  ["another member of a class", "class A { x = 1; y = bad; }", "class A { x = 2; y = bad; }"],
  ["a comment beside it", "bad();", "bad(/* now */); // soon"],
])("%s is no part of a fingerprint", async (_, one, other) => {
  expect(await fingerprintsOf(one)).toEqual(await fingerprintsOf(other));
});

test("a file that is no code, or cannot be parsed, is known by its lines without spaces", async () => {
  const keysOf = async (file: string, text: string) => {
    await folder.write({ [file]: text });
    return fingerprintAll(folder.path, [{ ...findingAt(text, text.indexOf("bad")), file }]);
  };
  for (const file of ["a.json", join("b.ts")]) {
    const one = await keysOf(file, `{ "x": "bad" : }`);
    expect(await keysOf(file, `\n\n   {"x":  "bad" : }`)).toEqual(one);
    expect(await keysOf(file, `{ "y": "bad" : }`)).not.toEqual(one);
  }
});

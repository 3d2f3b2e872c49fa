import { describe, expect, it } from "vitest";
import { render } from "../../src/generators/render.js";

describe("rendering a template", () => {
  it("puts in names in every spelling, and escapes nothing", () => {
    const template = `{{pascalCase name}} {{camelCase name}} {{constantCase name}} {{kebabCase name}} <{{code}}> {{propertyKey id}}`;
    expect(render(template, { name: "invoice-mailer", code: "Result<A & B>", id: "core.database" })).toBe(
      `InvoiceMailer invoiceMailer INVOICE_MAILER invoice-mailer <Result<A & B>> "core.database"`,
    );
  });

  it("keeps or drops a whole block", () => {
    const template = "a\n{{#if names}}\n[{{stringList names}}]\n{{/if}}\nb\n";
    expect(render(template, { names: ["x", "y"] })).toBe(`a\n["x", "y"]\nb\n`);
    expect(render(template, { names: [] })).toBe("a\nb\n");
  });

  it.each(["{{nmae}}", "{{pascalCase nmae}}", "{{#if nmae}}x{{/if}}"])(
    "refuses the misspelt name in %s",
    (template) => {
      expect(() => render(template, { name: "orders" })).toThrow("nmae");
    },
  );

  it("refuses a helper that there is none of", () => {
    expect(() => render("{{shoutCase name}}", { name: "orders" })).toThrow("shoutCase");
  });
});

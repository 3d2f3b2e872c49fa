import { defineModule, ModuleError } from "@phasewise/runtime";
import { describe, expect, it } from "vitest";

const withId = (id: unknown) => () => defineModule({ id: id as string, version: "1.0.0" });

describe("defineModule", () => {
  it.each(["billing", "core.database", "invoice-mailer", "core.s3-storage", "a2.b-2"])("accepts the id %s", (id) => {
    expect(withId(id)().id).toBe(id);
  });

  it.each(["", "Billing", "1abc", "../x", "core..database", "core.", "-a", "a_b", "a b", "ä", undefined, 7])(
    "refuses the id %s",
    (id) => {
      expect(withId(id)).toThrow(ModuleError);
      expect(withId(id)).toThrow(expect.objectContaining({ code: "INVALID_MODULE" }));
    },
  );

  it("refuses what is not usable as version or dependencies, naming the module", () => {
    const define = (parts: object) => () => defineModule({ id: "billing", version: "1.0.0", ...parts });
    expect(define({ version: "" })).toThrow(
      '"billing" is not a valid module: it needs a semantic version such as "1.0.0".',
    );
    expect(define({ dependencies: "core" })).toThrow("its dependencies must be a list of ids");
    expect(define({ dependencies: ["core", "No"] })).toThrow(
      '"No" among its dependencies is neither a module id nor { id, version }',
    );
    expect(define({ dependencies: ["billing"] })).toThrow("it names itself among its dependencies");
    expect(define({ limits: "database" })).toThrow('its limits must be a list of names, ["database"]');
    expect(define({ limits: [""] })).toThrow('its limits must be a list of names, ["database"]');
    expect(define({ limits: ["database"] })).not.toThrow();
    expect(define({ hookTimeoutMs: { start: 0 } })).toThrow("its hookTimeoutMs.start must be a number of milliseconds");
  });

  it("names each dependency once and does not change any more", () => {
    const module = defineModule({ id: "billing", version: "1.0.0", dependencies: ["core", "core"] });
    expect(module.dependencies).toEqual([{ id: "core" }]);
    expect(Object.isFrozen(module)).toBe(true);
  });
});

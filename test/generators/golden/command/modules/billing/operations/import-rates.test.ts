import { expectFailure, expectSuccess } from "@phasewise/runtime/testing";
import { describe, expect, it } from "vitest";
import { importRates } from "./import-rates.js";

describe("importRates", () => {
  it("keeps the lines with something on them, sorted", () => {
    expect(expectSuccess(importRates(["pen", " ", " ink "]))).toEqual(["ink", "pen"]);
  });

  it("answers NOTHING_LEFT when all of them are blank", () => {
    expectFailure(importRates(["", "  "]), "NOTHING_LEFT");
  });
});

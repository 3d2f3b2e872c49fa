import { expectFailure, expectSuccess } from "@phasewise/runtime/testing";
import { describe, expect, it } from "vitest";
import { chooseRates } from "./choose-rates.js";

describe("chooseRates", () => {
  it("keeps the lines with something on them, sorted", () => {
    expect(expectSuccess(chooseRates(["pen", " ", " ink "]))).toEqual(["ink", "pen"]);
  });

  it("answers NOTHING_LEFT when all of them are blank", () => {
    expectFailure(chooseRates(["", "  "]), "NOTHING_LEFT");
  });
});

import { describe, expect, it } from "vitest";
import { checkPackageName } from "../../../src/generators/questions/package-name.js";

describe("the name of a package", () => {
  it.each(["shop", "@acme/shop", "shop.v2", "7up"])("may be %s", (name) =>
    expect(checkPackageName(name)).toBeUndefined(),
  );

  it.each(["", "Shop", "my shop", "../shop", "@acme", "a/b", ".shop", "_shop", "node_modules", "x".repeat(215)])(
    "may not be %j",
    (name) => expect(checkPackageName(name)).toContain("is not a package name"),
  );
});

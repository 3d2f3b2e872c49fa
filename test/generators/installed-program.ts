import { access } from "node:fs/promises";
import { delimiter, join } from "node:path";

/** Is a test to be left out, as a program it needs is not on the PATH? Not where everything has to be there. */
export async function isWithout(program: string): Promise<boolean> {
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  const found = await Promise.any(folders.map((folder) => access(join(folder, program)))).then(
    () => true,
    () => false,
  );
  if (found || process.env["PHASEWISE_REQUIRE_SERVICES"] === "1") return false;
  console.warn(`What needs ${program} is not tested: it is not on the PATH. Install it: apt-get install ${program}.`);
  return true;
}

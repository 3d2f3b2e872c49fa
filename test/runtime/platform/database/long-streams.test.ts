import type { Database } from "@phasewise/runtime/platform";
import { expectSuccess } from "@phasewise/runtime/testing";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { findServer } from "../server.js";
import { openPglite, openPostgres } from "./test-databases.js";

/** 100,000 rows of as many characters each: a hundred megabytes, if they are a thousand. */
const manyRows = "SELECT repeat(chr(65 + n % 26), $1) AS text FROM generate_series(1, 100000) AS n";

const server = await findServer("postgres");
const reason = "missing" in server ? ` (left out: ${server.missing})` : "";

/** Reads the rows, and gives their number and how far the memory for objects and buffers rose meanwhile, in bytes. */
async function readAll(database: Database, width: number): Promise<{ number: number; grownBytes: number }> {
  const before = usedBytes();
  let highest = before;
  let number = 0;
  for await (const { text } of expectSuccess(await database.stream<{ text: string }>(manyRows, [width]))) {
    if (text.length === width) number++;
    if (number % 10_000 === 0) highest = Math.max(highest, usedBytes());
  }
  return { number, grownBytes: highest - before };
}

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

function usedBytes(): number {
  collectGarbage();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

describe("a stream of 100,000 rows", () => {
  it.skipIf("missing" in server)(`of a server takes the memory of few of them${reason}`, async () => {
    await using database = await openPostgres("url" in server ? server.url : "");
    const { number, grownBytes } = await readAll(database, 1_000);
    expect(number).toBe(100_000);
    expect(grownBytes).toBeLessThan(20 * 1_024 * 1_024);
  });

  it("of the embedded PostgreSQL is read to its end", async () => {
    await using database = await openPglite();
    expect((await readAll(database, 10)).number).toBe(100_000);
  });
});

// Follows the links of a site, three pages at a time and no more than five in any tenth of a second.
import { sleep } from "@phasewise/runtime";
import { HttpClient } from "@phasewise/runtime/http";
import { RateLimiter, TaskRunner } from "@phasewise/runtime/tasks";
import { openLocalSite } from "./local-site.js";

/** A tree of pages: each links to two further ones. */
const pages = new Map(
  Array.from({ length: 15 }, (_, page) => [`/${page}`, [2 * page + 1, 2 * page + 2].filter((link) => link < 15)]),
);
let open = 0;
let mostOpen = 0;

await using site = await openLocalSite(async (request, response) => {
  mostOpen = Math.max(mostOpen, ++open);
  await sleep(5);
  open--;
  response.end(JSON.stringify(pages.get(request.url!)));
});

await using client = new HttpClient({ baseUrl: site.url });
await using runner = new TaskRunner({ maxWorkers: 3 });
const limiter = new RateLimiter({ limit: 5, intervalMs: 100 });
const seen = new Set<string>();

async function crawl(path: string): Promise<void> {
  if (seen.has(path)) return;
  seen.add(path);
  const answer = await runner.submit((signal) => limiter.use(() => client.get(path, { signal }), { signal }));
  if (!answer.success) return console.log(`${path} ${answer.error.code}`);
  await Promise.all((answer.data.body as number[]).map((link) => crawl(`${link}`)));
}

const begunMs = performance.now();
await crawl("0");
const durationMs = performance.now() - begunMs;

console.log(`${seen.size} pages`);
console.log(mostOpen <= 3 ? "never more than three at the same time" : `${mostOpen} at the same time`);
console.log(durationMs >= 200 ? "five in the first tenth of a second, ten in two" : `all in ${durationMs} ms`);

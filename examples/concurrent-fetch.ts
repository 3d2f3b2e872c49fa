// Fetches several pages at the same time. Some fail, each in its own way; the others are used all the same.
import { settleAll } from "@phasewise/runtime";
import { HttpClient } from "@phasewise/runtime/http";
import { openLocalSite } from "./local-site.js";

const rates: Record<string, number> = { EUR: 1, USD: 1.1, JPY: 165.2 };

await using site = await openLocalSite((request, response) => {
  const currency = request.url!.slice(1);
  if (currency === "GBP") response.writeHead(503).end();
  else if (currency === "CHF") response.end("{ this is no JSON");
  else if (currency in rates) response.end(JSON.stringify({ currency, rate: rates[currency] }));
  else response.writeHead(404).end();
});

await using client = new HttpClient({ baseUrl: site.url, maxConnections: 4, retry: { maxAttempts: 2, delayMs: 10 } });

const currencies = ["EUR", "USD", "JPY", "GBP", "CHF", "XXX"];
const answers = await settleAll(currencies.map((currency) => client.get(currency)));

for (const [index, answer] of answers.entries()) {
  const text = answer.success ? JSON.stringify(answer.data.body) : `${answer.error.code}: ${answer.error.message}`;
  console.log(`${currencies[index]} ${text.replaceAll(site.url, "/")}`);
}
console.log(`${answers.filter(({ success }) => success).length} of ${answers.length} pages`);

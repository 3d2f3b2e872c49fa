import { openPostgres } from "./test-databases.js";

/* A process of its own: applies the migrations of a folder, and prints what became of it. */
const [url = "", folder = ""] = process.argv.slice(2);
const database = await openPostgres(url);
console.log(JSON.stringify(await database.migrate(folder)));
await database[Symbol.asyncDispose]();

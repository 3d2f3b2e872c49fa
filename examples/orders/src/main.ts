import { readArguments } from "./arguments.js";
import { serve } from "./serve.js";

const given = await readArguments(process.argv.slice(2));
if (given.success) await serve(given.data);
else {
  console.error(given.error.message);
  process.exitCode = 1;
}

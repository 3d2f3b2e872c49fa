#!/usr/bin/env node
import { runCreateModule } from "./cli.js";

await runCreateModule(process.argv.slice(2));

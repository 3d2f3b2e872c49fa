#!/usr/bin/env node
import { runPhasewise } from "./cli.js";

await runPhasewise(process.argv.slice(2));

/** Prints the table for what the rules find now: `node test/good-faith/list.ts`. */
import { allFound, judgedFindings, tableOf } from "./findings.ts";

process.stdout.write(tableOf(await allFound(), judgedFindings()));

/** The settings of the stack that Pulumi is running. */
import * as pulumi from "@pulumi/pulumi";
import { ProblemError } from "../model/base/problem.ts";
import type { Settings } from "./settings.ts";
import { readSettings, settingNames } from "./settings.ts";

/** Reads and checks the stack's settings; throws a ProblemError with everything wrong with them. */
export function settingsOfThisStack(): Settings {
  const config = new pulumi.Config();
  const given = Object.fromEntries(
    settingNames.flatMap((name) => {
      const text = config.get(name);
      return text === undefined ? [] : [[name, valueIn(text)]];
    }),
  );
  const read = readSettings(pulumi.getStack(), given);
  if ("problems" in read) throw new ProblemError(read.problems);
  return read.settings;
}

/** Pulumi hands every value over as text: mappings and numbers as JSON, texts as they are. */
function valueIn(text: string): unknown {
  return /^[{\d]/.test(text) ? (JSON.parse(text) as unknown) : text;
}

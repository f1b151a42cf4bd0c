/** Microsoft Learn, "Configure an App Service app", "Remote debugging": off unless set. */
import type { Demand } from "../shared/flag-rule.ts";
import { demandRule } from "../shared/flag-rule.ts";

const off: Demand = {
  path: ["siteConfig", "remoteDebuggingEnabled"],
  holds: (value) => value !== "true",
  witness: "a debugger from outside that reads and changes the running app",
  good: false,
  bad: true,
};

export const ZN24 = demandRule({
  id: "ZN24",
  sentence: "No app takes debuggers from outside.",
  why: "Ports are open to the running process: who gets in reads its secrets and changes what it does.",
  severity: "high",
  tenets: ["T2"],
  controls: ["CM-7", "SC-7", "AC-17"],
  fix: "Set siteConfig.remoteDebuggingEnabled to false.",
  demands: { "azure-native:web:WebApp": [off], "azure-native:web:WebAppSlot": [off] },
  // A change of it restarts the app.
  remedy: "opt-in",
});

/** Amazon MQ Developer Guide, "Prefer brokers without public accessibility". */
import { demandRule } from "../shared/flag-rule.ts";
import { publicFlag } from "../shared/public-flag.ts";

export const AN24e = demandRule({
  ...publicFlag.words,
  id: "AN24e",
  sentence: "No broker of Amazon MQ has a public address.",
  demands: { "aws:mq/broker:Broker": [publicFlag.demand] },
  // The broker is replaced.
  remedy: "opt-in",
});

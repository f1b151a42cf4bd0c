/**
 * Amazon API Gateway Developer Guide, "Set up CloudWatch logging for REST APIs": data tracing writes
 * whole requests and answers, and is not meant for production.
 */
import { demandRule } from "../shared/flag-rule.ts";

const silent = {
  holds: (value: string | undefined) => value !== "true",
  witness: "logs:GetLogEvents shows passwords and tokens of requests",
  good: false,
  bad: true,
};

export const AL40 = demandRule({
  id: "AL40",
  sentence: "No API writes the contents of requests and answers into its log.",
  why: "Whoever may read the log reads passwords, tokens and data of everybody who calls.",
  severity: "medium",
  tenets: ["T2", "T7"],
  controls: ["AU-3", "AU-9", "SC-28"],
  fix: "Leave dataTraceEnabled out or set it to false.",
  demands: {
    "aws:apigateway/methodSettings:MethodSettings": [
      { ...silent, path: ["settings", "dataTraceEnabled"] },
    ],
    "aws:apigatewayv2/stage:Stage": [
      { ...silent, path: ["defaultRouteSettings", "dataTraceEnabled"] },
      { ...silent, path: ["routeSettings", "*", "dataTraceEnabled"] },
    ],
  },
  // Nothing but the contents is left out.
  remedy: "safe",
});

/** Amazon API Gateway Developer Guide, "Logging" of REST, HTTP and WebSocket APIs: per stage, off unless asked for. */
import { iso } from "../shared/benchmarks.ts";
import { givenRule } from "../shared/given-rule.ts";

const place = {
  path: ["accessLogSettings", "destinationArn"],
  witness: "a call that leaves no record",
  good: "arn:aws:logs:eu-central-1:111122223333:log-group:calls",
} as const;

export const AL12d = givenRule({
  id: "AL12d",
  sentence: "A stage of an API records every call.",
  why: "Nobody can tell afterwards who called, from where, and what was answered.",
  severity: "medium",
  tenets: ["T7"],
  controls: ["AU-2", "AU-12"],
  frameworks: [
    iso("aws", "A.8.15", "apigateway_restapi_logging_enabled"),
    iso("aws", "A.8.15", "apigatewayv2_api_access_logging_enabled"),
  ],
  fix: "Set accessLogSettings with destinationArn and a format that names the caller.",
  places: {
    "aws:apigateway/stage:Stage": { ...place, base: { stageName: "prod" } },
    "aws:apigatewayv2/stage:Stage": { ...place, base: { name: "$default" } },
  },
});

/** Addresses of functions and APIs, with and without a question for the caller. */
import type { Example, ExampleResource } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import { alone } from "./alone.ts";
import { referring } from "./log-stores.ts";

/** What can be called from outside. */
export const callerTypes = {
  url: "aws:lambda/functionUrl:FunctionUrl",
  method: "aws:apigateway/method:Method",
  route: "aws:apigatewayv2/route:Route",
  api: "aws:apigatewayv2/api:Api",
} as const;

const { url, method, route, api } = callerTypes;

function routeOf(
  protocolType: string,
  routeKey: string,
): readonly [ExampleResource, ExampleResource] {
  return [
    referring(route, "route", "apiId", "api", { routeKey }),
    { type: api, name: "api", props: { protocolType } },
  ];
}

/** Nobody asked, somebody asked, and questions that are not asked there. */
export const callerExamples: readonly Example[] = [
  {
    kind: "violating",
    says: "a function's address for everybody",
    expect: "fail",
    resources: alone(url, { authorizationType: "NONE", functionName: "shop" }),
    path: "authorizationType",
  },
  {
    kind: "violating",
    says: "an API key is no caller",
    expect: "fail",
    resources: alone(method, { authorization: "NONE", httpMethod: "GET", apiKeyRequired: true }),
    path: "authorization",
    witness: "GET",
  },
  {
    kind: "violating",
    says: "every other call to an HTTP API",
    expect: "fail",
    resources: routeOf("HTTP", "$default"),
    path: "authorizationType",
  },
  {
    kind: "violating",
    says: "the connection of a WebSocket API",
    expect: "fail",
    resources: routeOf("WEBSOCKET", "$connect"),
  },
  {
    kind: "violating",
    says: "an API with a route of its own making",
    expect: "fail",
    resources: alone(api, { protocolType: "HTTP", target: "https://shop.example" }),
    path: "target",
  },
  {
    kind: "clean",
    says: "signed requests",
    expect: "pass",
    resources: alone(url, { authorizationType: "AWS_IAM", functionName: "shop" }),
  },
  {
    kind: "clean",
    says: "a browser's question",
    expect: "not-applicable",
    resources: alone(method, { authorization: "NONE", httpMethod: "OPTIONS" }),
  },
  {
    kind: "clean",
    says: "messages over a connection",
    expect: "not-applicable",
    resources: routeOf("WEBSOCKET", "$default"),
  },
  {
    kind: "clean",
    says: "tokens",
    expect: "pass",
    resources: alone(route, { routeKey: "GET /orders", authorizationType: "JWT" }),
  },
  {
    kind: "unknown",
    says: "what is asked is not known",
    expect: "unknown",
    resources: alone(route, { routeKey: "GET /orders", authorizationType: unknownHere }),
    path: "authorizationType",
  },
  {
    kind: "absent",
    says: "a route asks nobody unless told to",
    expect: "fail",
    resources: alone(route, { routeKey: "GET /orders" }),
    path: "authorizationType",
  },
];

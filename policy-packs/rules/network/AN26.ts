/** AWS Lambda Developer Guide, "Control access to function URLs"; API Gateway: methods and routes. */
import type { Judge, Rule } from "../../../model/policy/rule.ts";
import type { Plan, PlannedResource } from "../../../model/policy/view.ts";
import { callerExamples, callerTypes } from "../shared/caller-examples.ts";

const { url, method, route, api } = callerTypes;

export const AN26: Rule = {
  id: "AN26",
  sentence: "Functions' addresses and API methods ask who calls.",
  why: "Everybody on the internet may run the code behind it, as often and with whatever input he likes.",
  severity: "critical",
  tenets: ["T3", "T6"],
  controls: ["AC-3", "IA-2", "IA-8"],
  fix: "Set authorizationType to AWS_IAM, or name a JWT, Cognito or Lambda authorizer; an API key tells nobody who calls.",
  subjects: Object.values(callerTypes),
  needs: "plan",
  check: (subject, judge, plan) => {
    const { inputs } = subject;
    switch (subject.type) {
      case url:
        return demand(judge, subject, "authorizationType", "the function's address");
      case method: {
        const verb = (inputs.at("httpMethod").text() ?? "").toUpperCase();
        // Browsers ask before they call, and send no credentials then (Fetch, "CORS protocol").
        if (verb === "OPTIONS") return judge.notApplicable("a browser's question before its call");
        return demand(judge, subject, "authorization", `the method ${verb}`);
      }
      case route:
        return judgeRoute(judge, subject, plan);
      default:
        // Quick create makes a route of its own, which asks nobody.
        if (inputs.at("target").state === "absent") return;
        if (inputs.at("target").text() === "") return;
        return judge.fail(inputs.at("target"), "a call by nobody to the API's own route");
    }
  },
  examples: callerExamples,
};

/** Of a WebSocket API only `$connect` can ask; the connection then knows its caller. */
function judgeRoute(judge: Judge, subject: PlannedResource, plan: Plan): void {
  const key = subject.inputs.at("routeKey").text() ?? "";
  if (/^OPTIONS /i.test(key)) {
    judge.notApplicable("a browser's question before its call");
  } else if (key !== "$connect" && !/^[A-Z]+ \//.test(key) && isWebSocket(subject, plan, key)) {
    judge.notApplicable("messages of a connection that was let in by $connect");
  } else demand(judge, subject, "authorizationType", `the route ${key}`);
}

/** HTTP APIs have `$default` too, but no other route without a method. */
function isWebSocket(subject: PlannedResource, plan: Plan, key: string): boolean {
  if (key !== "$default") return true;
  const target = plan.follow(subject.inputs.at("apiId"), api);
  if (target.state !== "resource") return false;
  return target.resource.inputs.at("protocolType").text() === "WEBSOCKET";
}

function demand(judge: Judge, subject: PlannedResource, key: string, what: string): void {
  const asks = subject.inputs.at(key);
  if ((asks.text() ?? "NONE") === "NONE") judge.fail(asks, `a call by nobody to ${what}`);
}

/**
 * Microsoft Learn, "Authentication and authorization in Azure App Service and Azure Functions": off
 * unless settings stand beside the app. What an app asks by itself nobody sees here, so this only tells.
 */

import { textList } from "../../../model/policy/parameter.ts";
import type { ExampleResource, Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json, View } from "../../../model/policy/view.ts";
import { referring } from "../shared/log-stores.ts";
import type { Relation } from "../shared/refers-to.ts";
import { referrersOf, refersBy } from "../shared/refers-to.ts";
import { someOf } from "../shared/some-of.ts";

const app = "azure-native:web:WebApp";
const first = "azure-native:web:WebAppAuthSettings";
const second = "azure-native:web:WebAppAuthSettingsV2";

const relation: Relation = {
  from: [first, second],
  to: app,
  properties: ({ inputs }) => [inputs.at("name")],
};

export const EI64: Rule = {
  id: "EI64",
  sentence: "A web or function app lets nobody in who has not shown who he is.",
  why: "Every request of anybody reaches the app's own code, and one flaw in it is enough.",
  severity: "medium",
  level: "advisory",
  tenets: ["T3", "T6"],
  controls: ["AC-3", "IA-2", "IA-8"],
  fix: "Add WebAppAuthSettingsV2 with platform.enabled and globalValidation.requireAuthentication, or ask for client certificates; an app for the public goes into the parameter publicApps.",
  parameters: {
    publicApps: textList(
      "apps that are reviewed to be for everybody, by their logical names",
      "a list of names such as website",
      /^[\w.-]+$/,
    ),
  },
  subjects: [app],
  needs: "plan",
  check: (subject, judge, plan) => {
    const isPublic = judge.parameter("publicApps") as readonly string[];
    if (isPublic.includes(subject.name)) return judge.notApplicable("reviewed to be for everybody");
    const candidates = [subject, ...referrersOf(plan, subject, relation)];
    const asks = someOf(judge, candidates, (one) => {
      if (one === subject) return asksForCertificate(one.inputs);
      if (!refersBy(plan, relation, one, subject)) return false;
      return one.type === first ? requiresByFirst(one.inputs) : requires(one.inputs);
    });
    if (asks === "no") judge.fail({ urn: subject.urn, path: "" }, "a request by nobody");
  },
  examples: [
    {
      kind: "violating",
      says: "settings that let everybody through",
      expect: "fail",
      resources: [web({}), settings({ platform: { enabled: true } })],
      path: "",
    },
    {
      kind: "clean",
      says: "a login is asked for",
      expect: "pass",
      resources: [
        web({}),
        settings({
          platform: { enabled: true },
          globalValidation: { requireAuthentication: true },
        }),
      ],
    },
    {
      kind: "clean",
      says: "the older settings",
      expect: "pass",
      resources: [
        web({}),
        referring(first, "auth", "name", "shop", {
          enabled: true,
          unauthenticatedClientAction: "RedirectToLoginPage",
        }),
      ],
    },
    {
      kind: "clean",
      says: "client certificates",
      expect: "pass",
      resources: [web({ clientCertEnabled: true, clientCertMode: "Required" })],
    },
    {
      kind: "clean",
      says: "for everybody, as reviewed",
      expect: "not-applicable",
      parameters: { publicApps: ["shop"] },
      resources: [web({})],
    },
    {
      kind: "unknown",
      says: "what is asked is not known",
      expect: "unknown",
      resources: [web({}), settings({ platform: unknownHere })],
      path: "platform",
    },
    { kind: "absent", says: "no settings", expect: "fail", resources: [web({})] },
  ],
};

/** Without a mode, certificates are required. */
function asksForCertificate(inputs: View): boolean {
  if (inputs.at("clientCertEnabled").flag() !== true) return false;
  return (inputs.at("clientCertMode").text() ?? "Required") === "Required";
}

function requiresByFirst(inputs: View): boolean {
  if (inputs.at("enabled").flag() !== true) return false;
  return inputs.at("unauthenticatedClientAction").text() === "RedirectToLoginPage";
}

function requires(inputs: View): boolean {
  if (inputs.at("platform", "enabled").flag() !== true) return false;
  const validation = inputs.at("globalValidation");
  if (validation.at("unauthenticatedClientAction").text() === "AllowAnonymous") return false;
  return validation.at("requireAuthentication").flag() === true;
}

function web(props: ExampleResource["props"]): ExampleResource {
  return { type: app, name: "shop", props: { kind: "app", ...props } };
}

function settings(props: { readonly [key: string]: Json }): ExampleResource {
  return referring(second, "auth", "name", "shop", props);
}

/** Microsoft Learn, "Authentication and authorization to APIs in Azure API Management": keys unless they are not asked for. */
import type { View } from "../../../model/policy/view.ts";
import { companionRule } from "../shared/companion-rule.ts";

const api = "azure-native:apimanagement:Api";
const apiPolicy = "azure-native:apimanagement:ApiPolicy";
const servicePolicy = "azure-native:apimanagement:Policy";
const asking = /<(validate-jwt|validate-azure-ad-token|validate-client-certificate)\b/;

const asks = (inputs: View) => asking.test(inputs.at("value").text() ?? "");

export const EI65 = companionRule({
  id: "EI65",
  sentence: "An API of the gateway asks who calls.",
  why: "Everybody on the internet calls what stands behind the gateway, in the gateway's name.",
  severity: "high",
  tenets: ["T3", "T6"],
  controls: ["AC-3", "IA-2", "IA-8"],
  fix: "Put validate-azure-ad-token or validate-jwt into the API's policy, or leave subscriptionRequired on.",
  about: { [api]: { path: "shop", subscriptionRequired: false } },
  when: ({ inputs }, plan) =>
    inputs.at("subscriptionRequired").flag() === false &&
    !plan.ofType(servicePolicy).some((one) => asks(one.inputs)),
  relation: { from: [apiPolicy], to: api, properties: ({ inputs }) => [inputs.at("apiId")] },
  does: asks,
  witness: "a call by nobody, without a key or token",
  companion: {
    type: apiPolicy,
    property: "apiId",
    props: { value: "<policies><inbound><validate-azure-ad-token /></inbound></policies>" },
  },
});

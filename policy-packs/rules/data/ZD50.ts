/**
 * Services of Azure beside those of ZD01, ZD03 and ZD06. Each demand names the page of Microsoft
 * Learn that says what the service does where nothing is set.
 */
import type { View } from "../../../model/policy/view.ts";
import { entriesOf } from "../../lift/entries.ts";
import { alone } from "../shared/alone.ts";
import type { Demand } from "../shared/flag-rule.ts";
import { demandRule } from "../shared/flag-rule.ts";

const served = "a request by http:// is served";
const read = "whoever listens in the network reads what is sent";

const mustBeOn = (path: Demand["path"], witness: string): Demand => ({
  path,
  holds: (value) => value === "true",
  witness,
  good: true,
  bad: false,
});
const noPlainUrl = (path: Demand["path"]): Demand => ({
  path,
  holds: (value) => !/^http:/i.test(value ?? ""),
  witness: read,
  good: "https://shop.example.com/",
  bad: "http://shop.example.com/",
});

const endpoint = "azure-native:cdn:Endpoint";

/** Whether a rule of the endpoint sends clients to HTTPS. Azure CDN, "Standard rules engine". */
function redirects(inputs: View): boolean {
  return entriesOf(inputs.at("deliveryPolicy", "rules"))
    .flatMap((rule) => entriesOf(rule.at("actions")))
    .some((action) => action.at("parameters", "destinationProtocol").text() === "Https");
}

export const ZD50 = demandRule({
  id: "ZD50",
  sentence:
    "Gateways, endpoints, webhooks, Spring apps and Service Fabric of Azure are reached, and reach others, by TLS only.",
  why: "Whoever listens on the way reads the data and the sessions, and answers in the server's place.",
  severity: "high",
  tenets: ["T2"],
  controls: ["SC-8", "SC-8(1)"],
  fix: "Set httpsOnly and enableEndToEndTLS to true, isHttpAllowed to false, ClusterProtectionLevel to EncryptAndSign, and begin addresses with https://.",
  demands: {
    // "Backends in API Management": the scheme of the address decides.
    "azure-native:apimanagement:Backend": [noPlainUrl(["url"])],
    // Azure Spring Apps, "Use API portal" and "Enable ingress-to-app TLS": both off.
    "azure-native:appplatform:ApiPortal": [mustBeOn(["properties", "httpsOnly"], served)],
    "azure-native:appplatform:App": [mustBeOn(["properties", "enableEndToEndTLS"], read)],
    // Azure CDN, "Endpoints": both protocols are served.
    [endpoint]: [
      {
        path: ["isHttpAllowed"],
        holds: (value) => value === "false",
        when: (inputs) => !redirects(inputs),
        witness: served,
        good: false,
        bad: true,
      },
      {
        path: ["isHttpsAllowed"],
        holds: (value) => value !== "false",
        witness: "nobody can come by TLS",
        good: true,
        bad: false,
      },
    ],
    // "Azure Container Registry webhook reference": a notice goes to whatever address is given.
    "azure-native:containerregistry:Webhook": [noPlainUrl(["serviceUri"])],
    // "Customize Service Fabric cluster settings": messages are encrypted and signed by themselves.
    "azure-native:servicefabric:ManagedCluster": [
      {
        path: [
          "fabricSettings",
          "name=Security",
          "parameters",
          "name=ClusterProtectionLevel",
          "value",
        ],
        holds: (value) => value === undefined || value.toLowerCase() === "encryptandsign",
        witness: "a message between nodes, read on the way",
        good: "EncryptAndSign",
        bad: "None",
      },
    ],
  },
  more: [
    {
      kind: "clean",
      says: "HTTP that leads to HTTPS",
      expect: "pass",
      resources: alone(endpoint, {
        deliveryPolicy: {
          rules: [
            {
              actions: [{ name: "UrlRedirect", parameters: { destinationProtocol: "Https" } }],
            },
          ],
        },
      }),
    },
  ],
});

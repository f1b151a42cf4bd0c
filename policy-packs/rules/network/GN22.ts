/** Vertex AI documentation, "Choose an endpoint type": public unless a network or a service connection is named. */
import { demandRule } from "../shared/flag-rule.ts";
import { isGiven } from "../shared/refers-to.ts";

const witness = "a request from 203.0.113.7 to the endpoint's public name";

export const GN22 = demandRule({
  id: "GN22",
  sentence: "Endpoints of Vertex AI are reached from networks of one's own.",
  why: "A stolen token asks the model, and through it the data it has learnt, from anywhere on the internet.",
  severity: "medium",
  tenets: ["T2"],
  controls: ["SC-7", "AC-4"],
  fix: "Set privateServiceConnectConfig.enablePrivateServiceConnect or network, and publicEndpointEnabled false.",
  demands: {
    "gcp:vertex/aiEndpoint:AiEndpoint": [
      {
        path: ["privateServiceConnectConfig", "enablePrivateServiceConnect"],
        when: (inputs) => !isGiven(inputs, "network"),
        holds: (value) => value === "true",
        witness,
        good: true,
        bad: false,
      },
    ],
    "gcp:vertex/aiIndexEndpoint:AiIndexEndpoint": [
      {
        path: ["publicEndpointEnabled"],
        holds: (value) => value !== "true",
        witness,
        good: false,
        bad: true,
      },
    ],
  },
});

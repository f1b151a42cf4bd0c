/**
 * Amazon API Gateway Developer Guide, "Choose a security policy for your custom domain". No default
 * is documented, and domains of which nothing was said were found to take TLS 1.0.
 */
import { demandRule } from "../shared/flag-rule.ts";

const good = "TLS_1_2";
const isNew = (value: string | undefined) => value !== undefined && !/TLS_?1_?0/.test(value);
const witness = "a client that offers TLS 1.0";

export const AD17 = demandRule({
  id: "AD17",
  sentence: "An API's own domain takes TLS 1.2 or newer only.",
  why: "Older versions of TLS have known ways to read what they carry.",
  severity: "high",
  tenets: ["T2"],
  controls: ["SC-8", "SC-13"],
  fix: "Set securityPolicy to TLS_1_2 or newer.",
  demands: {
    "aws:apigateway/domainName:DomainName": [
      { path: ["securityPolicy"], holds: isNew, witness, good, bad: "TLS_1_0" },
    ],
    "aws:apigatewayv2/domainName:DomainName": [
      {
        path: ["domainNameConfiguration", "securityPolicy"],
        holds: isNew,
        witness,
        good,
        bad: "TLS_1_0",
      },
    ],
  },
  // Clients from before 2014 are cut off.
  remedy: "opt-in",
});

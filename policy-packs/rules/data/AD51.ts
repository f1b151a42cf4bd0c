/**
 * Protocols and ciphers that services of AWS take from old clients. Where a demand lets no absent
 * value pass, the service takes TLS 1.0 by itself, or Transfer Family the policy of 2018.
 */
import type { View } from "../../../model/policy/view.ts";
import { alone } from "../shared/alone.ts";
import type { Demand } from "../shared/flag-rule.ts";
import { demandRule } from "../shared/flag-rule.ts";

const witness = "a client that offers TLS 1.0";

/** OpenSearch Service, DomainEndpointOptions; CloudSearch, "Configuring domain endpoint options". */
const searchPolicy = (option: string): Demand => ({
  path: [option, "tlsSecurityPolicy"],
  holds: (value) => value?.startsWith("Policy-Min-TLS-1-2-") ?? false,
  witness,
  good: "Policy-Min-TLS-1-2-2019-07",
  bad: "Policy-Min-TLS-1-0-2019-07",
});

/** Elastic Load Balancing, "Predefined SSL security policies for Classic Load Balancers". */
const negotiated = (
  list: "policyAttributes" | "attributes",
  when: (inputs: View) => boolean,
  base: { readonly [key: string]: string },
): readonly Demand[] => [
  ...["Protocol-SSLv3", "Protocol-TLSv1", "Protocol-TLSv1.1"].map(
    (protocol): Demand => ({
      path: [list, `name=${protocol}`, "value"],
      holds: (value) => value?.toLowerCase() !== "true",
      when,
      witness,
      good: "false",
      bad: "true",
      apart: base,
    }),
  ),
  {
    path: [list, "name=Reference-Security-Policy", "value"],
    holds: (value) => value === undefined || value === "ELBSecurityPolicy-TLS-1-2-2017-01",
    when,
    witness,
    good: "ELBSecurityPolicy-TLS-1-2-2017-01",
    bad: "ELBSecurityPolicy-2016-08",
    apart: base,
  },
];

const mailPolicy = (good: string, bad: string): Demand => ({
  path: ["deliveryOptions", "tlsPolicy"],
  holds: (value) => value === good,
  witness: "a mail that is made to go in plaintext, and read on the way",
  good,
  bad,
});

const policy = "aws:elb/loadBalancerPolicy:LoadBalancerPolicy";
const negotiates = (inputs: View) =>
  inputs.at("policyTypeName").text() === "SSLNegotiationPolicyType";

export const AD51 = demandRule({
  id: "AD51",
  sentence:
    "Searches, classic load balancers, file transfers, origins and mail of AWS never fall back below TLS 1.2, or to SHA-1.",
  why: "Older protocols have known ways to read what they carry, and a client can be made to fall back to them.",
  severity: "medium",
  tenets: ["T2"],
  controls: ["SC-8", "SC-13"],
  fix: "Set tlsSecurityPolicy to one that begins with Policy-Min-TLS-1-2, Reference-Security-Policy to ELBSecurityPolicy-TLS-1-2-2017-01, originSslProtocols to TLSv1.2 alone, tlsPolicy to Require, and securityPolicyName to one of 2020 or later.",
  demands: {
    // CloudFront, "Origin settings", Minimum origin SSL protocol.
    "aws:cloudfront/distribution:Distribution": [
      {
        path: ["origins", "*", "customOriginConfig", "originSslProtocols", "*"],
        holds: (value) => value === undefined || value === "TLSv1.2" || value === "TLSv1.3",
        witness: "a connection to the origin that is made to fall back to SSL 3.0 or TLS 1.0",
        good: "TLSv1.2",
        bad: "SSLv3",
      },
    ],
    "aws:cloudsearch/domain:Domain": [searchPolicy("endpointOptions")],
    "aws:elasticsearch/domain:Domain": [searchPolicy("domainEndpointOptions")],
    "aws:elb/loadBalancerPolicy:LoadBalancerPolicy": negotiated("policyAttributes", negotiates, {
      policyTypeName: "SSLNegotiationPolicyType",
    }),
    "aws:elb/sslNegotiationPolicy:SslNegotiationPolicy": negotiated("attributes", () => true, {
      loadBalancer: "shop",
    }),
    "aws:opensearch/domain:Domain": [searchPolicy("domainEndpointOptions")],
    // Amazon SES, "TlsPolicy": mail goes in plaintext to servers that offer no TLS.
    "aws:ses/configurationSet:ConfigurationSet": [mailPolicy("Require", "Optional")],
    "aws:sesv2/configurationSet:ConfigurationSet": [mailPolicy("REQUIRE", "OPTIONAL")],
    // AWS Transfer Family, "Security policies for AWS Transfer Family servers".
    "aws:transfer/server:Server": [
      {
        path: ["securityPolicyName"],
        holds: (value) => /-20[2-9]\d-/.test(value ?? ""),
        witness: "a client that offers key exchanges and digests by SHA-1",
        good: "TransferSecurityPolicy-2024-01",
        bad: "TransferSecurityPolicy-2018-11",
      },
    ],
  },
  more: [
    {
      kind: "violating",
      says: "TLS 1.0 among other attributes",
      expect: "fail",
      resources: alone(policy, {
        policyTypeName: "SSLNegotiationPolicyType",
        policyAttributes: [
          { name: "Protocol-TLSv1.2", value: "true" },
          { name: "Protocol-TLSv1", value: "true" },
        ],
      }),
      path: "policyAttributes[1].value",
    },
    {
      kind: "clean",
      says: "a policy about cookies",
      expect: "not-applicable",
      resources: alone(policy, { policyTypeName: "AppCookieStickinessPolicyType" }),
    },
  ],
});

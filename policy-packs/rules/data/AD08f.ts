/**
 * Amazon CloudFront. Developer Guide, "Requiring HTTPS for communication between viewers and
 * CloudFront" and "Supported protocols and ciphers": the certificate of cloudfront.net takes TLS 1.0.
 */
import { demandRule } from "../shared/flag-rule.ts";

const type = "aws:cloudfront/distribution:Distribution";
const secure = (value: string | undefined) => value !== "allow-all";
const policy = {
  holds: secure,
  witness: "a request by http:// is served",
  good: "redirect-to-https",
  bad: "allow-all",
};

export const AD08f = demandRule({
  id: "AD08f",
  sentence: "A distribution serves by TLS 1.2 or newer only.",
  why: "Whoever listens on the way reads what is served, changes it, and takes the cookies.",
  severity: "high",
  tenets: ["T2"],
  controls: ["SC-8", "SC-8(1)"],
  fix: "Set viewerProtocolPolicy to redirect-to-https in every behavior, and minimumProtocolVersion to TLSv1.2_2021 with a certificate of your own.",
  demands: {
    [type]: [
      { path: ["defaultCacheBehavior", "viewerProtocolPolicy"], ...policy },
      { path: ["orderedCacheBehaviors", "*", "viewerProtocolPolicy"], ...policy },
      {
        path: ["viewerCertificate", "minimumProtocolVersion"],
        holds: (value) => value !== undefined && /^TLSv1\.[23]/.test(value),
        witness: "a client that offers TLS 1.0",
        good: "TLSv1.2_2021",
        bad: "TLSv1",
        mends: (inputs) =>
          inputs.at("viewerCertificate", "cloudfrontDefaultCertificate").flag() !== true,
      },
    ],
  },
  base: { [type]: { enabled: true } },
  // Clients from before 2014 are cut off.
  remedy: "opt-in",
});

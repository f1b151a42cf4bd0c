/**
 * Microsoft Learn, "App Service TLS overview", "Deploy your app using FTP/S" and "Set up TLS mutual
 * authentication": HTTP and FTP are served unless somebody says otherwise.
 */
import type { View } from "../../../model/policy/view.ts";
import { cis } from "../shared/benchmarks.ts";
import type { Demand } from "../shared/flag-rule.ts";
import { demandRule } from "../shared/flag-rule.ts";

const asksForCertificates = (inputs: View) => inputs.at("clientCertEnabled").flag() === true;

const demands: readonly Demand[] = [
  {
    path: ["httpsOnly"],
    holds: (value) => value === "true",
    witness: "a request by http:// is served",
    good: true,
    bad: false,
  },
  {
    path: ["siteConfig", "ftpsState"],
    holds: (value) => ["Disabled", "FtpsOnly"].includes(value ?? ""),
    witness: "a deployment by FTP shows its password and its code",
    good: "Disabled",
    bad: "AllAllowed",
  },
  {
    // A site for everybody asks for none; asking without insisting is no lock.
    path: ["clientCertMode"],
    holds: (value) => value === undefined || value === "Required",
    when: asksForCertificates,
    witness: "a client without a certificate is served",
    good: "Required",
    bad: "Optional",
  },
];
const types = ["azure-native:web:WebApp", "azure-native:web:WebAppSlot"];
const entries = <T>(value: T) => Object.fromEntries(types.map((type) => [type, value]));

export const ZD06 = demandRule({
  id: "ZD06",
  sentence:
    "A web app serves by HTTPS only, deploys by no plain FTP, and insists where it asks for certificates.",
  why: "Whoever listens on the way reads the sessions, and takes the deployment's password.",
  severity: "medium",
  tenets: ["T2", "T6"],
  controls: ["SC-8", "IA-2"],
  frameworks: [cis("cis-azure-2.1.0", "9.2"), cis("cis-azure-2.1.0", "9.9")],
  fix: "Set httpsOnly to true, siteConfig.ftpsState to Disabled or FtpsOnly, and clientCertMode to Required.",
  demands: entries(demands),
  base: entries({ clientCertEnabled: true }),
  // Clients and pipelines that use what is shut here are cut off.
  remedy: "opt-in",
});

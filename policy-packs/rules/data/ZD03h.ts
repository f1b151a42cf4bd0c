/**
 * Azure API Management. Microsoft Learn, "Manage protocols and ciphers in Azure API Management":
 * off in services made since April 2018, unless a custom property switches them on.
 */
import type { Demand } from "../shared/flag-rule.ts";
import { tlsFloorRule } from "../shared/tls-floor.ts";

const security = "Microsoft.WindowsAzure.ApiManagement.Gateway.Security";
const names = ["Protocols", "Backend.Protocols"].flatMap((side) =>
  ["Tls10", "Tls11", "Ssl30"].map((version) => `${security}.${side}.${version}`),
);

export const ZD03h = tlsFloorRule({
  id: "ZD03h",
  sentence: "An API gateway speaks TLS 1.2 or newer only, on both sides.",
  fix: "Set the custom properties for Tls10, Tls11 and Ssl30 to false or leave them out.",
  demands: {
    "azure-native:apimanagement:ApiManagementService": names.map(
      (name): Demand => ({
        path: ["customProperties", name],
        holds: (value) => value?.toLowerCase() !== "true",
        witness: `a client or backend that offers ${name.split(".").at(-1)}`,
        good: "false",
        bad: "true",
      }),
    ),
  },
});

/** Azure Service Bus. Microsoft Learn, "Enforce a minimum required version of TLS": 1.2 by default. */
import { floor, tlsFloorRule } from "../shared/tls-floor.ts";

export const ZD03f = tlsFloorRule({
  id: "ZD03f",
  sentence: "A Service Bus namespace takes TLS 1.2 or newer only.",
  fix: "Set minimumTlsVersion to 1.2 or leave it out.",
  demands: { "azure-native:servicebus:Namespace": [floor(["minimumTlsVersion"])] },
});

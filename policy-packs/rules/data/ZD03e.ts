/** Azure Event Hubs. Microsoft Learn, "Enforce a minimum required version of TLS": 1.2 by default. */
import { floor, tlsFloorRule } from "../shared/tls-floor.ts";

export const ZD03e = tlsFloorRule({
  id: "ZD03e",
  sentence: "A Event Hub namespace takes TLS 1.2 or newer only.",
  fix: "Set minimumTlsVersion to 1.2 or leave it out.",
  demands: { "azure-native:eventhub:Namespace": [floor(["minimumTlsVersion"])] },
});

/** GKE documentation, "Encrypt secrets at the application layer". */
import { keyRule } from "../shared/key-rule.ts";

const type = "gcp:container/cluster:Cluster";
const states = ["ENCRYPTED", "ALL_OBJECTS_ENCRYPTION_ENABLED"];

export const GD07 = keyRule({
  id: "GD07",
  sentence: "A cluster encrypts its secrets under a key of one's own.",
  why: "A copy of the control plane's database opens every secret of the cluster.",
  severity: "high",
  tenets: ["T2"],
  controls: ["SC-12", "SC-28", "SC-28(1)"],
  fix: "Set databaseEncryption.state to ENCRYPTED and databaseEncryption.keyName to a key of your own.",
  cloud: "gcp",
  places: {
    [type]: [
      {
        path: ["databaseEncryption", "keyName"],
        unused: (inputs) => {
          const state = inputs.at("databaseEncryption", "state");
          return states.includes(state.text() ?? "") ? undefined : state;
        },
        witness: "whoever reads a copy of etcd reads the secrets",
      },
    ],
  },
  base: { [type]: { databaseEncryption: { state: "ENCRYPTED" } } },
});

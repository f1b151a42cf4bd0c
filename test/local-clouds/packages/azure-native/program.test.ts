/** Every type of azure-native through its whole life, in one program. */

import { azureNativeTypes } from "../../../../local-clouds/packages/azure-native/types/index.ts";
import { wholeLife } from "../../kit/whole-life.ts";
import { makeStores } from "./program/data.ts";
import { makeIdentity, makeRights, makeWatch } from "./program/governance.ts";
import { makeNetworks } from "./program/network.ts";
import { AzureProgram } from "./program/program.ts";
import { makeWorkloads } from "./program/workloads.ts";

describe("a program with every type of azure-native", () => {
  wholeLife(azureNativeTypes, () => {
    const program = new AzureProgram();
    const networks = makeNetworks(program);
    const identity = makeIdentity(program);
    const stores = makeStores(program, networks);
    makeWorkloads(program, networks, identity);
    makeWatch(program, networks, stores);
    makeRights(program, identity);
    return program;
  });
});

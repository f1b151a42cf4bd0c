/** Network interfaces of Azure, with and without public addresses. */
import type { Example } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import { azureTypes } from "../../lift/azure/types.ts";
import { alone } from "./alone.ts";

const { interface: card, machine, scaleSet } = azureTypes;

export const interfaceExamples: readonly Example[] = [
  {
    kind: "violating",
    says: "a public address that is not made yet",
    expect: "fail",
    resources: alone(card, {
      ipConfigurations: [{ name: "main", publicIPAddress: { id: unknownHere } }],
    }),
    path: "ipConfigurations[0].publicIPAddress",
  },
  {
    kind: "violating",
    says: "forwarding",
    expect: "fail",
    resources: alone(card, { ipConfigurations: [], enableIPForwarding: true }),
    path: "enableIPForwarding",
  },
  {
    kind: "violating",
    says: "each machine of a scale set",
    expect: "fail",
    resources: alone(scaleSet, {
      virtualMachineProfile: {
        networkProfile: {
          networkInterfaceConfigurations: [
            {
              name: "nic",
              ipConfigurations: [{ publicIPAddressConfiguration: { name: "public" } }],
            },
          ],
        },
      },
    }),
  },
  {
    kind: "clean",
    says: "a private address",
    expect: "pass",
    resources: alone(card, { ipConfigurations: [{ name: "main", subnet: { id: "subnet" } }] }),
  },
  {
    kind: "unknown",
    says: "forwarding is not known",
    expect: "unknown",
    resources: alone(card, { ipConfigurations: [], enableIPForwarding: unknownHere }),
    path: "enableIPForwarding",
  },
  {
    kind: "absent",
    says: "a machine with an interface planned elsewhere",
    expect: "pass",
    resources: alone(machine, { networkProfile: { networkInterfaces: [{ id: "nic" }] } }),
  },
];

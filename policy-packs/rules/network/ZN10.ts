/** Microsoft Learn, "Associate a public IP address to a virtual machine" and "Enable IP forwarding". */
import type { Rule } from "../../../model/policy/rule.ts";
import type { View } from "../../../model/policy/view.ts";
import { azureTypes } from "../../lift/azure/types.ts";
import { entriesOf } from "../../lift/entries.ts";
import { interfaceExamples } from "../shared/interface-examples.ts";

const { interface: card, machine, scaleSet } = azureTypes;

/** Where each type says what its interfaces are. */
const interfacesOf: Readonly<Record<string, (inputs: View) => readonly View[]>> = {
  [card]: (inputs) => [inputs],
  [machine]: (inputs) => entriesOf(inputs.at("networkProfile", "networkInterfaceConfigurations")),
  [scaleSet]: (inputs) =>
    entriesOf(
      inputs.at("virtualMachineProfile", "networkProfile", "networkInterfaceConfigurations"),
    ),
};

export const ZN10: Rule = {
  id: "ZN10",
  sentence: "No network interface has a public address or passes on others' packets.",
  why: "A machine with a public address is tried by everybody, and one that forwards carries an attacker past the groups.",
  severity: "high",
  tenets: ["T2"],
  controls: ["SC-7", "AC-4"],
  fix: "Take away the public address and enableIPForwarding; come by Bastion, a load balancer or a gateway.",
  subjects: Object.keys(interfacesOf),
  needs: "resource",
  check: (subject, judge) => {
    for (const one of interfacesOf[subject.type]?.(subject.inputs) ?? []) {
      judge.part(() => {
        const forwards = one.at("enableIPForwarding");
        if (forwards.flag())
          judge.fail(forwards, "a packet that is neither from nor to the machine");
      });
      judge.part(() => {
        for (const configuration of entriesOf(one.at("ipConfigurations"))) {
          for (const property of ["publicIPAddress", "publicIPAddressConfiguration"]) {
            const address = configuration.at(property);
            if (address.state === "unknown") judge.open(address);
            // Which address it is need not be known.
            if (address.state !== "known" || address.keys().length === 0) continue;
            judge.fail(address, "a packet from 203.0.113.7 to the machine's own public address");
          }
        }
      });
    }
  },
  examples: interfaceExamples,
};

/**
 * Load balancers.
 *
 * Azure Load Balancer, "Load Balancer components": a rule maps a frontend's address and port to a
 * port of the machines of a backend pool; the source stays the client's. A Standard balancer is
 * closed to inbound traffic while no network security group allows it.
 */

import type { JsonObject } from "../../../protocol/value.ts";
import { type Address, addressOf } from "../address.ts";
import { type Deployed, type Live, numberOf, objectOf, objectsOf, textOf } from "../deployed.ts";
import { type Packet, protocolName, toAddress } from "../packet.ts";
import { drops, ends, follow, oneOf, passes, type Stage, type Walk } from "../walk.ts";
import type { AzureInterface } from "./interface.ts";
import { attachmentOf, byId, idIn, networkOf, sameId, subnetOf } from "./networks.ts";
import { groupsOf } from "./security-groups.ts";
import { azure } from "./tokens.ts";

const stage: Stage = {
  stage: "load balancer",
  document: "Azure Load Balancer: Load Balancer components, Load Balancer rules",
};

/** A balancer as an end: its frontends' addresses. `undefined` where nothing of it lies in a subnet. */
export function balancerEnd(deployed: Deployed, live: Live): AzureInterface | undefined {
  const frontends = objectsOf(live.properties, "frontendIPConfigurations");
  const [inside] = frontends.flatMap((one) => subnetOf(deployed, idIn(one, "subnet")) ?? []);
  const subnet = inside ?? membersOf(deployed, live.id)[0]?.subnet;
  if (subnet === undefined) return undefined;
  return {
    cloud: "azure",
    id: live.id,
    imagined: false,
    subnet,
    network: networkOf(subnet.id),
    addresses: frontends.flatMap((one) => addressOf(textOf(one, "privateIPAddress") ?? "") ?? []),
    publicAddresses: frontends.flatMap((one) => publicOf(deployed, one) ?? []),
    group: undefined,
    applicationGroups: [],
    privateEndpoint: false,
    balancer: live,
  };
}

function publicOf(deployed: Deployed, frontend: JsonObject): Address | undefined {
  const live = byId(deployed, idIn(frontend, "publicIPAddress"), azure.publicAddress);
  return addressOf(textOf(live?.properties ?? {}, "ipAddress") ?? "");
}

/** The interfaces of a backend pool, or of all pools of a balancer. */
function membersOf(deployed: Deployed, pool: string): readonly AzureInterface[] {
  return deployed
    .all(azure.interface)
    .filter(({ properties }) =>
      objectsOf(properties, "ipConfigurations").some((one) =>
        objectsOf(one, "loadBalancerBackendAddressPools").some((item) =>
          `${textOf(item, "id") ?? ""}/`.toLowerCase().startsWith(`${pool.toLowerCase()}/`),
        ),
      ),
    )
    .flatMap((live) => attachmentOf(deployed, live) ?? []);
}

/** To whichever machine of the pool the balancer may give a packet; `judge` is what the machine's rules say. */
export function* balance(
  deployed: Deployed,
  balancer: Live,
  packet: Packet,
  judge: (receiver: AzureInterface, packet: Packet) => Walk,
): Walk {
  const rule = objectsOf(balancer.properties, "loadBalancingRules").find((one) =>
    carries(deployed, balancer, one, packet),
  );
  const what = `${protocolName(packet)} ${packet.port}`;
  if (rule === undefined) {
    return yield* ends(drops(stage, balancer.id, `no rule for ${what}`));
  }
  const name = textOf(rule, "name") ?? "";
  const port = numberOf(rule, "backendPort") ?? packet.port;
  const ways = membersOf(deployed, idIn(rule, "backendAddressPool") ?? "none").flatMap(
    (receiver) => {
      const address = receiver.addresses.find(({ family }) => family === packet.destination.family);
      if (address === undefined) return [];
      const sent = { ...toAddress(packet, address), port };
      const given = passes(stage, balancer.id, `${name}: ${what} -> ${address.text} ${port}`);
      const steps = [
        given,
        ...follow(toMachine(deployed, balancer, receiver, judge(receiver, sent))),
      ];
      return [{ name: receiver.id, steps }];
    },
  );
  if (ways.length === 0) {
    return yield* ends(drops(stage, balancer.id, `the backend pool of ${name} is empty`));
  }
  yield* oneOf(stage, balancer.id, ways);
}

/** A Standard balancer is closed while no network security group applies to the machine. */
function* toMachine(
  deployed: Deployed,
  balancer: Live,
  receiver: AzureInterface,
  judged: Walk,
): Walk {
  const sku = textOf(objectOf(balancer.properties, "sku"), "name") ?? "Basic";
  if (sku !== "Basic" && groupsOf(deployed, receiver, "Inbound").length === 0) {
    const closed = `a ${sku} balancer is closed while no network security group applies`;
    return yield* ends(drops(stage, balancer.id, closed));
  }
  yield* judged;
}

function carries(deployed: Deployed, balancer: Live, rule: JsonObject, packet: Packet): boolean {
  const protocol = (textOf(rule, "protocol") ?? "Tcp").toLowerCase();
  const port = numberOf(rule, "frontendPort") ?? 0;
  // Frontend port 0 with protocol All is every port ("High availability ports").
  const fits = protocol === "all" || (protocol === protocolName(packet) && port === packet.port);
  const frontend = objectsOf(balancer.properties, "frontendIPConfigurations").find((one) =>
    [addressOf(textOf(one, "privateIPAddress") ?? ""), publicOf(deployed, one)].some(
      (address) => address?.onLine === packet.destination.onLine,
    ),
  );
  const own = `${balancer.id}/frontendIPConfigurations/${String(frontend?.["name"])}`;
  return fits && sameId(idIn(rule, "frontendIPConfiguration"), own);
}

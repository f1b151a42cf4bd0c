/** Who stands behind a translating gateway is seen by its public address. */
import assert from "node:assert/strict";
import type { RawResource } from "../../../policy-packs/kit/plan.ts";
import { makePlan } from "../../../policy-packs/kit/plan.ts";
import { liftNetwork } from "../../../policy-packs/lift/network.ts";
import { fateOf } from "./aws/packet.ts";
import { rawOf, ref } from "./aws/program.ts";
import { gateway, group, inline, instance, subnet, table, vpc } from "./aws/resources.ts";

/** A server in AWS that the internet reaches, and that lets one address in. */
const server = rawOf(
  [
    vpc("vpc", "10.0.0.0/16"),
    subnet("s", "vpc", "10.0.1.0/24", { mapPublicIpOnLaunch: true }),
    gateway("internet", "vpc"),
    ...table("public", "vpc", [{ cidrBlock: "0.0.0.0/0", gatewayId: ref("internet") }], ["s"]),
    group("web", "vpc", {
      ingress: [
        inline("tcp/443", { cidrBlocks: ["198.51.100.7/32"] }),
        inline("47", { cidrBlocks: ["0.0.0.0/0"] }),
      ],
      egress: [],
    }),
    instance("server", "s", ["web"], "10.0.1.10"),
  ],
  "update",
);

function raw(type: string, name: string, inputs: object, outputs?: object): RawResource {
  return {
    urn: `urn:pulumi:dev::test::${type}::${name}`,
    type,
    name,
    inputs,
    ...(outputs === undefined ? {} : { outputs: { id: `${name}-id`, ...outputs } }),
  };
}

const named: Readonly<Record<string, (address: string) => RawResource[]>> = {
  aws: (address) => [
    raw("aws:ec2/eip:Eip", "eip", {}, { publicIp: address }),
    raw("aws:ec2/natGateway:NatGateway", "nat", { allocationId: "eip-id" }, {}),
  ],
  azure: (address) => [
    raw("azure-native:network:PublicIPAddress", "eip", {}, { ipAddress: address }),
    raw("azure-native:network:NatGateway", "nat", { publicIpAddresses: [{ id: "eip-id" }] }, {}),
  ],
  gcp: (address) => [
    raw("gcp:compute/address:Address", "eip", {}, { address }),
    raw("gcp:compute/routerNat:RouterNat", "nat", { natIps: ["eip-id"] }, {}),
  ],
};

const unnamed: Readonly<Record<string, RawResource>> = {
  aws: raw("aws:ec2/natGateway:NatGateway", "nat", {}),
  azure: raw("azure-native:network:NatGateway", "nat", {}),
  gcp: raw("gcp:compute/routerNat:RouterNat", "nat", { natIpAllocateOption: "AUTO_ONLY" }),
};

describe("what is translated", () => {
  for (const [cloud, gateways] of Object.entries(named)) {
    it(`comes from the address of the gateway of ${cloud}`, () => {
      const own = gateways("198.51.100.7");
      const at = (address: string) => ({
        endpoint: `${own.at(-1)?.urn} translated`,
        address: BigInt(address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0)),
      });
      const lifted = liftNetwork(makePlan([...server, ...own])).topology;
      const target = lifted.endpoints.find(({ name }) => name === "server");
      assert.ok(target !== undefined);
      const to = { endpoint: target.id, address: target.addresses[0]?.from ?? 0n };
      const asked = (protocol: bigint, port: bigint) =>
        fateOf(lifted, {
          from: at("198.51.100.7"),
          to,
          selector: (protocol << 16n) | port,
          sourcePort: 49152,
        });
      assert.equal(asked(6n, 443n), "passes");
      assert.equal(asked(6n, 22n), "stopped");
      // The group lets it in, and the gateway does not carry it.
      assert.equal(asked(47n, 0n), "stopped");
      const back = { from: to, to: at("198.51.100.7"), selector: (6n << 16n) | 443n };
      assert.equal(fateOf(lifted, { ...back, sourcePort: 49152 }), "stopped");
    });

    it(`comes from an address that nobody knows yet, in ${cloud}`, () => {
      const one = unnamed[cloud];
      assert.ok(one !== undefined);
      const lifted = liftNetwork(makePlan([...server, one])).topology;
      const end = lifted.endpoints.find(({ id }) => id === `${one.urn} translated`);
      assert.deepEqual([end?.addresses, end?.unknownAddresses], [[], [4]]);
      const target = lifted.endpoints.find(({ name }) => name === "server");
      const from = { endpoint: end?.id, address: { unknown: 4 } } as const;
      const to = { endpoint: target?.id, address: target?.addresses[0]?.from ?? 0n };
      const packet = (port: bigint) => ({
        from,
        to,
        selector: (6n << 16n) | port,
        sourcePort: 49152,
      });
      assert.equal(fateOf(lifted, packet(443n)), "open");
      assert.equal(fateOf(lifted, packet(22n)), "stopped");
    });
  }
});

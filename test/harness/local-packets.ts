/** Packets of the local environment, and what its intent says of them. */

import type { Checkout } from "./checkout.ts";

/** A packet and its fate. */
export interface LocalPacket {
  readonly from: string;
  readonly to: string;
  readonly port: number;
  readonly arrives: boolean;
  /** The deciding rule where it does not arrive. */
  readonly stage?: RegExp;
}

const aws = (segment: string, more = "") =>
  `Subnet::network-aws-${segment}-0@SecurityGroup::segmentation-aws-${segment}${more}`;
const azure = (segment: string, more = "") =>
  `Subnet::network-azure-${segment}@ApplicationSecurityGroup::segmentation-azure-${segment}-asg${more}`;
const gcp = (segment: string, more = "") =>
  `Subnetwork::network-gcp-${segment}@TagValue::segmentation-gcp-${segment}${more}`;

const places = [
  { web: aws("web"), app: aws("app"), data: aws("data"), shown: aws("web", ",public") },
  { web: azure("web"), app: azure("app"), data: azure("data"), shown: azure("web", ",public") },
  { web: gcp("web"), app: gcp("app"), data: gcp("data"), shown: gcp("web", ",public") },
];

/** What the intent says, in each of the three clouds and in each of their clusters. */
export const localPackets: readonly LocalPacket[] = [
  ...places.flatMap(({ web, app, data, shown }) => [
    { from: web, to: app, port: 8080, arrives: true },
    { from: web, to: app, port: 22, arrives: false, stage: /outbound|egress/ },
    { from: web, to: data, port: 5432, arrives: false, stage: /outbound|egress/ },
    { from: app, to: data, port: 5432, arrives: true },
    { from: "internet", to: shown, port: 443, arrives: true },
    { from: "internet", to: shown, port: 22, arrives: false, stage: /inbound|ingress/ },
  ]),
  ...["aws", "azure", "gcp"].flatMap((place) => {
    const pod = (name: string) => `cluster-${place}/boutique/${name}`;
    return [
      { from: pod("frontend"), to: pod("checkoutservice"), port: 5050, arrives: true },
      {
        from: pod("frontend"),
        to: pod("paymentservice"),
        port: 50051,
        arrives: false,
        stage: /NetworkPolicy, egress/,
      },
    ];
  }),
];

/** What `clouds probe packet` answers of a packet. */
export async function probe(
  checkout: Pick<Checkout, "run">,
  { from, to, port }: LocalPacket,
): Promise<{ readonly code: number | null; readonly stage: string; readonly text: string }> {
  const args = ["clouds", "probe", "packet", from, to, "--port", String(port), "--json"];
  const { code, stdout, stderr } = await checkout.run(args);
  const answer = (stdout === "" ? {} : JSON.parse(stdout)) as { stage?: string };
  return { code, stage: answer.stage ?? "", text: `${from} ${to} ${port}\n${stdout}${stderr}` };
}

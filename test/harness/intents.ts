/** The network intent that tests of components and of the model share: three clouds, four tiers. */
import type { Cloud, NetworkIntent, PlaceIntent } from "../../model/network/intent.ts";
import { allow, internet } from "../../model/network/intent.ts";

export const threeClouds: NetworkIntent = {
  places: [
    { name: "aws", cloud: "aws", region: "eu-central-1", cidr4: "10.16.0.0/16" },
    {
      name: "azure",
      cloud: "azure",
      region: "westeurope",
      cidr4: "10.17.0.0/16",
      cidr6: "fd17:1:1::/48",
    },
    {
      name: "gcp",
      cloud: "gcp",
      region: "europe-west4",
      cidr4: "10.18.0.0/16",
      cidr6: "fd20:18:1::/48",
    },
  ],
  segments: [
    { name: "web", purpose: "what browsers talk to", egress: "none" },
    { name: "app", purpose: "business logic", egress: "none" },
    { name: "data", purpose: "databases", egress: "none" },
    { name: "cluster", purpose: "Kubernetes nodes and pods", egress: "nat", holdsPods: true },
  ],
  flows: [
    allow(internet, "web", "tcp/443", "browsers reach the shop"),
    allow("web", "app", "tcp/8080", "pages ask the business logic"),
    allow("app", "data", "tcp/5432", "business logic keeps its records"),
    allow("cluster", "cluster", "any", "nodes and pods; the mesh decides per service"),
    allow("cluster", internet, "tcp/443", "nodes pull images and reach cloud services"),
  ],
};

const options: Record<Cloud, Pick<PlaceIntent, "subnetRules" | "guardrails">> = {
  aws: { subnetRules: { quota: 20 } },
  azure: {
    guardrails: [
      { deny: "tcp/22", from: internet, because: "nobody administers from the internet" },
      { deny: "udp/1-1024", from: internet, because: "no old protocol is served" },
    ],
  },
  gcp: {},
};

/** The same with what places may ask for besides, and somebody outside whom a flow names. */
export const guardedClouds: NetworkIntent = {
  ...threeClouds,
  places: threeClouds.places.map((place) => ({ ...place, ...options[place.cloud] })),
  segments: [
    ...threeClouds.segments,
    {
      name: "office",
      purpose: "where people sit",
      egress: "none",
      cidrs: ["198.51.100.0/24", "203.0.113.64/26", "2001:db8:7::/48"],
    },
  ],
  flows: [...threeClouds.flows, allow("office", "app", "tcp/22", "repairs")],
};

/** The same with two segments of pods alone in the cluster of each place. */
export const reportingClouds: NetworkIntent = {
  ...threeClouds,
  segments: [
    ...threeClouds.segments,
    {
      name: "reports",
      purpose: "sums up the day's orders",
      egress: "nat",
      podsOnly: true,
      members: [{ workload: "reports/nightly" }],
    },
    {
      name: "archive",
      purpose: "keeps the sums of all days",
      egress: "none",
      podsOnly: true,
      members: [{ workload: "reports/archive" }],
    },
  ],
  flows: [
    ...threeClouds.flows,
    allow("reports", "archive", "tcp/9000", "the sums of every night are kept"),
    allow("reports", "data", "tcp/5432", "orders are read where they are kept"),
    allow("reports", internet, "tcp/443", "accountants get the sums in the morning"),
  ],
};

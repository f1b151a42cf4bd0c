/** A shop of which the segments are workloads in the clusters of two places. */
import type { NetworkIntent } from "../../../model/network/intent.ts";
import { allow, internet } from "../../../model/network/intent.ts";
import { threeClouds } from "../../harness/intents.ts";

const workload = (name: string) => ({ workload: name });

export const shopInClusters: NetworkIntent = {
  places: threeClouds.places.filter(({ cloud }) => cloud !== "aws"),
  segments: [
    {
      name: "web",
      purpose: "what browsers talk to",
      egress: "none",
      members: [workload("shop/web"), workload("shop/static"), workload("portal/web")],
    },
    {
      name: "app",
      purpose: "business logic",
      egress: "nat",
      members: [workload("shop/app")],
    },
    {
      name: "batch",
      purpose: "work of the night",
      egress: "nat",
      members: [workload("jobs/batch")],
      rollout: { stage: "selective", owner: "batch team", until: "2027-03-31" },
    },
    { name: "data", purpose: "databases on machines", egress: "none" },
    { name: "cluster", purpose: "nodes and other pods", egress: "nat", holdsPods: true },
    {
      name: "office",
      purpose: "where people sit",
      egress: "none",
      cidrs: ["192.0.2.0/24", "2001:db8:7::/48"],
    },
  ],
  flows: [
    allow(internet, "web", "tcp/8443", "browsers reach the shop"),
    allow("web", "app", "tcp/8080-8089", "pages ask the business logic"),
    allow("batch", "app", "tcp/8080", "orders are settled"),
    allow("app", "data", "tcp/5432", "business logic keeps its records"),
    allow("app", "office", "tcp/25", "orders are printed"),
    allow("office", "batch", "tcp/22", "repairs"),
    allow("app@gcp", "app@azure", "tcp/8080", "carts move between regions"),
    allow("app", internet, "tcp/443", "payments"),
    allow("cluster", internet, "tcp/443", "nodes pull images"),
  ],
  roads: [{ name: "azure-gcp", between: [{ place: "azure" }, { place: "gcp" }] }],
};

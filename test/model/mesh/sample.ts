/** A small mesh with everything in it: two namespaces, all protocols, an entry, two clusters. */
import type { MeshClusterIntent, MeshIntent } from "../../../model/mesh/intent.ts";

export const firstCluster: MeshClusterIntent = {
  name: "aws",
  cloud: "aws",
  network: "aws-net",
  ranges: ["10.10.128.0/18", "10.10.48.0/20"],
  apiServer: ["10.10.48.0/20"],
};

export const sample: MeshIntent = {
  id: "bulkhead-test",
  trustDomain: "test.bulkhead.internal",
  istio: {
    version: "1.31.4",
    chartRepository: "https://charts.example/istio",
    hub: "mirror.example/istio",
  },
  certificates: { rootHours: 87600, intermediateHours: 8760, renewalHours: 2160 },
  clusters: [
    firstCluster,
    {
      name: "gcp",
      cloud: "gcp",
      network: "gcp-net",
      ranges: ["10.30.128.0/18"],
      apiServer: ["10.30.48.0/20", "fd00:30:3::/64"],
    },
  ],
  services: [
    {
      namespace: "shop",
      name: "front",
      offers: { port: 80, workloadPort: 8080, protocol: "http" },
    },
    { namespace: "shop", name: "cart", offers: { port: 7070, protocol: "grpc" } },
    { namespace: "store", name: "redis", offers: { port: 6379, protocol: "tcp" } },
    { namespace: "shop", name: "visitor" },
  ],
  calls: [
    { from: "shop/front", to: "shop/cart", because: "visitors fill their cart" },
    { from: "shop/cart", to: "store/redis", because: "carts are stored there" },
    { from: "shop/visitor", to: "shop/front", because: "a simulated visitor" },
  ],
  ingress: {
    service: "shop/front",
    host: "shop.example",
    certificate: "shop-certificate",
    from: ["10.10.0.0/20"],
    because: "the web tier hands visitors on",
  },
};

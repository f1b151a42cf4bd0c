/**
 * Google's Online Boutique as a mesh: its services with their published ports, and who calls whom.
 *
 * Source: GoogleCloudPlatform/microservices-demo, kubernetes-manifests/ (ports, `*_ADDR` settings)
 * and the AuthorizationPolicies of its helm-chart/. Eleven services take part by name; the cart's
 * store, redis-cart, is the twelfth workload: under default deny the cart could not reach it
 * without a call of its own. The optional shopping assistant is left out.
 */
import type {
  CallIntent,
  IstioRelease,
  MeshClusterIntent,
  MeshIntent,
  OfferIntent,
  ServiceIntent,
} from "../model/mesh/intent.ts";

const namespace = "boutique";

/**
 * Istio 1.31 is the newest line with fixes; 1.29 ended on 2026-10-15. 1.31.4 is its newest patch
 * for which Istio's own Go modules (istio.io/api, istio.io/client-go) are published.
 */
const istio: IstioRelease = {
  version: "1.31.4",
  chartRepository: "https://istio-release.storage.googleapis.com/charts",
  hub: "registry.istio.io/release",
};

const dayHours = 24;
/** Ten years for the root; intermediates of a year, renewed by any update in the last quarter. */
const certificates = {
  rootHours: 3650 * dayHours,
  intermediateHours: 365 * dayHours,
  renewalHours: 90 * dayHours,
};

const services: readonly ServiceIntent[] = [
  service("frontend", { port: 80, workloadPort: 8080, protocol: "http" }),
  service("cartservice", { port: 7070, protocol: "grpc" }),
  service("productcatalogservice", { port: 3550, protocol: "grpc" }),
  service("currencyservice", { port: 7000, protocol: "grpc" }),
  service("paymentservice", { port: 50051, protocol: "grpc" }),
  service("shippingservice", { port: 50051, protocol: "grpc" }),
  service("emailservice", { port: 5000, workloadPort: 8080, protocol: "grpc" }),
  service("checkoutservice", { port: 5050, protocol: "grpc" }),
  service("recommendationservice", { port: 8080, protocol: "grpc" }),
  service("adservice", { port: 9555, protocol: "grpc" }),
  service("redis-cart", { port: 6379, protocol: "tcp" }),
  service("loadgenerator"),
];

const calls: readonly CallIntent[] = [
  call("frontend", "productcatalogservice", "the shop lists its products"),
  call("frontend", "currencyservice", "prices are shown in the visitor's currency"),
  call("frontend", "cartservice", "visitors fill and empty their cart"),
  call("frontend", "recommendationservice", "pages recommend further products"),
  call("frontend", "shippingservice", "the cart shows what shipping costs"),
  call("frontend", "checkoutservice", "visitors place their order"),
  call("frontend", "adservice", "pages carry an advertisement"),
  call("checkoutservice", "productcatalogservice", "an order takes prices from the catalogue"),
  call("checkoutservice", "shippingservice", "an order is quoted and shipped"),
  call("checkoutservice", "paymentservice", "an order is charged"),
  call("checkoutservice", "emailservice", "an order is confirmed by mail"),
  call("checkoutservice", "currencyservice", "an order is charged in the visitor's currency"),
  call("checkoutservice", "cartservice", "an order reads the cart and empties it"),
  call("recommendationservice", "productcatalogservice", "recommendations name known products"),
  call("cartservice", "redis-cart", "carts are stored there"),
  call("loadgenerator", "frontend", "a simulated visitor keeps the shop busy"),
];

/** The mesh of an environment; `callers` are the prefixes from which the shop may be visited. */
export function onlineBoutique(
  environment: string,
  clusters: readonly MeshClusterIntent[],
  callers: readonly string[],
): MeshIntent {
  return {
    id: `bulkhead-${environment}`,
    trustDomain: `${environment}.bulkhead.internal`,
    istio,
    certificates,
    clusters,
    services,
    calls,
    ingress: {
      service: `${namespace}/frontend`,
      host: `shop.${environment}.bulkhead.internal`,
      certificate: "shop-certificate",
      from: callers,
      because: "the web tier hands visitors on to the shop",
    },
  };
}

function service(name: string, offers?: OfferIntent): ServiceIntent {
  return offers === undefined ? { namespace, name } : { namespace, name, offers };
}

function call(from: string, to: string, because: string): CallIntent {
  return { from: `${namespace}/${from}`, to: `${namespace}/${to}`, because };
}

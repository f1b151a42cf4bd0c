// The components in AWS and Azure, with all that places may ask for beside groups.
import * as aws from "@pulumi/aws/provider.js";
import * as azure from "@pulumi/azure-native/provider.js";

/** A module of the checkout, which stands beside the program under this name. */
const ours = (path) => import(new URL(`bulkhead/${path}`, import.meta.url));
const { Network } = await ours("components/network/index.ts");
const { Segmentation } = await ours("components/segmentation/index.ts");
const { guardedClouds } = await ours("test/harness/intents.ts");

// Version 2 has one flow less, so that entries and admin rules go and change.
const flows =
  process.env.PROGRAM_VERSION === "2" ? guardedClouds.flows.slice(0, -1) : guardedClouds.flows;
const places = guardedClouds.places.filter(({ cloud }) => cloud !== "gcp");
const intent = { ...guardedClouds, places, flows };
const providers = [
  new aws.Provider("aws", { region: "eu-central-1" }),
  new azure.Provider("azure", { location: "westeurope" }),
];
const network = new Network("network", { intent }, { providers });
new Segmentation("segmentation", { intent, places: network.places }, { providers });

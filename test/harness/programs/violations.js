// The resources of `violations.json`, which a test puts beside it, by providers of its own.
import { readFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";

const file = new URL("violations.json", import.meta.url);
const { providers, resources } = JSON.parse(readFileSync(file, "utf8"));

class Provider extends pulumi.ProviderResource {}
class Resource extends pulumi.CustomResource {}

const made = new Map(
  Object.entries(providers).map(([name, config]) => [name, new Provider(name, name, config)]),
);
for (const { type, name, props } of resources) {
  new Resource(type, name, props, { provider: made.get(type.split(":")[0]) });
}

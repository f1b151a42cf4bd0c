/** Every object that the mesh of the `local` stack creates, from its component under mocks. */

import { readFileSync } from "node:fs";
import * as kubernetes from "@pulumi/kubernetes";
import * as tls from "@pulumi/tls";
import { load } from "js-yaml";
import { ServiceMesh } from "../../../components/mesh/index.ts";
import { environmentIntent } from "../../../stacks/intent.ts";
import { readSettings } from "../../../stacks/settings.ts";
import { deploy, type Registered } from "../../harness/deploy.ts";
import type { Given } from "./objects.ts";

/** The objects; charts are not among them, since only a Helm client could render them. */
export async function stackObjects(): Promise<readonly Given[]> {
  const file = new URL("../../../stacks/Pulumi.local.yaml", import.meta.url);
  const { config } = load(readFileSync(file, "utf8")) as { config: Record<string, unknown> };
  const settings = Object.entries(config).map(([key, value]) => [
    key.replace(/^bulkhead:/, ""),
    value,
  ]);
  const read = readSettings("local", Object.fromEntries(settings) as Record<string, unknown>);
  if ("problems" in read) throw new Error("the settings of the local stack have problems");
  const intent = environmentIntent(read.settings).mesh;
  const resources = await deploy(
    () =>
      new ServiceMesh(
        "mesh",
        {
          intent,
          clusters: intent.clusters.map(({ name }) => ({
            name,
            provider: new kubernetes.Provider(`${name}-cluster`),
          })),
        },
        { providers: [new tls.Provider("tls")] },
      ),
    { outputs: pemOutputs },
  );
  return resources.filter(isObject).map(asSent);
}

const pemOutputs = ({ type }: { readonly type: string }) =>
  type.startsWith("tls:")
    ? { privateKeyPem: "key", certPem: "certificate", certRequestPem: "request" }
    : {};

function isObject({ type, custom }: Registered): boolean {
  return custom && type.startsWith("kubernetes:") && !type.startsWith("kubernetes:helm.sh/");
}

function asSent({ type, inputs }: Registered): Given {
  const [, qualified = "", kind] = type.split(":");
  return { apiVersion: qualified.replace(/^core\//, ""), kind, ...(shown(inputs) as object) };
}

/** Secrets in the clear, as they go to the server. */
function shown(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shown);
  if (typeof value !== "object" || value === null) return value;
  if ("secret" in value && Object.keys(value).length === 1) return shown(value.secret);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, shown(item)]));
}

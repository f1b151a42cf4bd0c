/** Changes of objects that exist: before and after. As in `objects.ts` the real server says what is right. */

import type { Given } from "./objects.ts";

/** An object before and after. */
export type Change = readonly [before: Given, after: Given];

const named = (apiVersion: string, kind: string, rest: object, namespace?: string): Given => ({
  apiVersion,
  kind,
  metadata: { name: "x", ...(namespace === undefined ? {} : { namespace }) },
  ...rest,
});
const inShop = (apiVersion: string, kind: string, rest: object) =>
  named(apiVersion, kind, rest, "shop");

const template = (app: string, image = "nginx") => ({
  metadata: { labels: { app } },
  spec: { containers: [{ name: "main", image }] },
});
const deployment = (app: string, more: object = {}) =>
  inShop("apps/v1", "Deployment", {
    spec: { selector: { matchLabels: { app } }, template: template(app), ...more },
  });
const set = (more: object) =>
  inShop("apps/v1", "StatefulSet", {
    spec: {
      selector: { matchLabels: { app: "x" } },
      serviceName: "x",
      template: template("x"),
      ...more,
    },
  });
const job = (image: string, more: object = {}) =>
  inShop("batch/v1", "Job", {
    spec: {
      template: { spec: { restartPolicy: "Never", containers: [{ name: "main", image }] } },
      ...more,
    },
  });
const config = (data: object, immutable: boolean) => inShop("v1", "ConfigMap", { data, immutable });
const secret = (type: string) => inShop("v1", "Secret", { type, data: { a: "YQ==" } });
const service = (spec: object) =>
  inShop("v1", "Service", { spec: { selector: { app: "x" }, ports: [{ port: 80 }], ...spec } });
const rbac = "rbac.authorization.k8s.io";
const binding = (name: string) =>
  inShop(`${rbac}/v1`, "RoleBinding", { roleRef: { apiGroup: rbac, kind: "Role", name } });
const claim = (spec: object) =>
  inShop("v1", "PersistentVolumeClaim", {
    spec: {
      accessModes: ["ReadWriteOnce"],
      resources: { requests: { storage: "1Gi" } },
      storageClassName: "a",
      ...spec,
    },
  });
const storage = (more: object) =>
  named("storage.k8s.io/v1", "StorageClass", { provisioner: "example.com/a", ...more });
const priority = (value: number) => named("scheduling.k8s.io/v1", "PriorityClass", { value });
const ingressClass = (controller: string) =>
  named("networking.k8s.io/v1", "IngressClass", { spec: { controller } });
const widget = (spec: object) => inShop("example.org/v1", "Widget", { spec });

/** A kind with rules about changes, defaults and lists by key. */
export const widgets: Given = {
  apiVersion: "apiextensions.k8s.io/v1",
  kind: "CustomResourceDefinition",
  metadata: { name: "widgets.example.org" },
  spec: {
    group: "example.org",
    scope: "Namespaced",
    names: { kind: "Widget", plural: "widgets", singular: "widget", listKind: "WidgetList" },
    versions: [
      {
        name: "v1",
        served: true,
        storage: true,
        schema: {
          openAPIV3Schema: {
            type: "object",
            properties: {
              spec: {
                type: "object",
                required: ["size"],
                "x-kubernetes-validations": [
                  {
                    rule: "self.size >= oldSelf.size",
                    messageExpression: "self.size > 1 ? 'size must not shrink' : 'size is least'",
                    fieldPath: ".size",
                  },
                  { rule: "!has(self.limit) || quantity(self.limit).isLessThan(quantity('10Gi'))" },
                ],
                properties: {
                  size: { type: "integer", minimum: 1, maximum: 10, multipleOf: 1 },
                  colour: { type: "string", default: "red", pattern: "^[a-z]+$" },
                  limit: { type: "string" },
                  port: { "x-kubernetes-int-or-string": true },
                  note: { type: "string", nullable: true },
                  free: { type: "object", "x-kubernetes-preserve-unknown-fields": true },
                  tags: {
                    type: "array",
                    "x-kubernetes-list-type": "set",
                    items: { type: "string", maxLength: 5 },
                  },
                  parts: {
                    type: "array",
                    maxItems: 3,
                    "x-kubernetes-list-type": "map",
                    "x-kubernetes-list-map-keys": ["name"],
                    items: {
                      type: "object",
                      required: ["name"],
                      properties: {
                        name: { type: "string" },
                        count: {
                          type: "integer",
                          "x-kubernetes-validations": [
                            { rule: "self == oldSelf", message: "count is fixed" },
                          ],
                        },
                      },
                    },
                  },
                  either: {
                    type: "object",
                    properties: { a: { type: "string" }, b: { type: "string" } },
                    oneOf: [{ required: ["a"] }, { required: ["b"] }],
                  },
                  never: { type: "string", not: { enum: ["no"] } },
                  any: {
                    type: "string",
                    anyOf: [{ pattern: "^a" }, { pattern: "z$" }],
                  },
                },
              },
            },
          },
        },
      },
    ],
  },
};

/** Widgets to create. */
export const widgetObjects: Readonly<Record<string, Given>> = {
  "a widget": widget({ size: 1 }),
  "a widget with all": widget({
    size: 2,
    colour: "blue",
    limit: "1Gi",
    port: "http",
    note: null,
    free: { any: { thing: 1 } },
    tags: ["a", "b"],
    parts: [{ name: "a", count: 1 }],
    either: { a: "x" },
    never: "yes",
    any: "az",
  }),
  "a widget without size": widget({}),
  "a widget too large": widget({ size: 11 }),
  "a widget too small": widget({ size: 0 }),
  "a widget of a half": widget({ size: 1.5 }),
  "a widget of a text": widget({ size: "1" }),
  "a widget's bad colour": widget({ size: 1, colour: "Red" }),
  "a widget's null colour": widget({ size: 1, colour: null }),
  "a widget's null port": widget({ size: 1, limit: null }),
  "a widget beyond its limit": widget({ size: 1, limit: "11Gi" }),
  "a widget with a limit that is none": widget({ size: 1, limit: "much" }),
  "a widget's port as a list": widget({ size: 1, port: [] }),
  "a widget's tag twice": widget({ size: 1, tags: ["a", "a"] }),
  "a widget's long tag": widget({ size: 1, tags: ["abcdef"] }),
  "a widget's part twice": widget({ size: 1, parts: [{ name: "a" }, { name: "a" }] }),
  "a widget's part without name": widget({ size: 1, parts: [{}] }),
  "a widget of four parts": widget({
    size: 1,
    parts: ["a", "b", "c", "d"].map((name) => ({ name })),
  }),
  "a widget of both": widget({ size: 1, either: { a: "x", b: "y" } }),
  "a widget of neither": widget({ size: 1, either: {} }),
  "a widget of never": widget({ size: 1, never: "no" }),
  "a widget of nothing allowed": widget({ size: 1, any: "b" }),
  "a widget's unknown field": widget({ size: 1, weight: 1 }),
  "a widget's bad label": {
    ...widget({ size: 1 }),
    metadata: { name: "x", namespace: "shop", labels: { a: "b c" } },
  },
};

/** Changes, allowed and not. */
export const changes: Readonly<Record<string, Change>> = {
  "a deployment's replicas": [deployment("x"), deployment("x", { replicas: 2 })],
  "a deployment's selector": [deployment("x"), deployment("y")],
  "a stateful set's replicas": [set({}), set({ replicas: 2 })],
  "a stateful set's service": [set({}), set({ serviceName: "y" })],
  "a job's template": [job("a"), job("b")],
  "a job's parallelism": [job("a"), job("a", { parallelism: 2 })],
  "a config map": [config({ a: "b" }, false), config({ a: "c" }, false)],
  "an immutable config map": [config({ a: "b" }, true), config({ a: "c" }, true)],
  "an immutable config map to mutable": [config({ a: "b" }, true), config({ a: "b" }, false)],
  "a secret's type": [secret("example.com/a"), secret("example.com/b")],
  "a service's port": [service({}), service({ ports: [{ port: 81 }] })],
  "a service's address": [service({ clusterIP: "10.96.1.1" }), service({ clusterIP: "10.96.1.2" })],
  "a binding's role": [binding("a"), binding("b")],
  "a claim's class": [claim({}), claim({ storageClassName: "b" })],
  "a class's provisioner": [storage({}), storage({ provisioner: "example.com/b" })],
  "a class's parameters": [
    storage({ parameters: { a: "b" } }),
    storage({ parameters: { a: "c" } }),
  ],
  "a class's expansion": [storage({}), storage({ allowVolumeExpansion: true })],
  "a priority": [priority(1), priority(2)],
  "a controller": [ingressClass("example.com/a"), ingressClass("example.com/b")],
  "a widget that grows": [widget({ size: 1 }), widget({ size: 2 })],
  "a widget that shrinks": [widget({ size: 3 }), widget({ size: 2 })],
  "a widget's part": [
    widget({ size: 1, parts: [{ name: "a", count: 1 }] }),
    widget({ size: 1, parts: [{ name: "a", count: 2 }] }),
  ],
  "a widget's other part": [
    widget({ size: 1, parts: [{ name: "a", count: 1 }] }),
    widget({ size: 1, parts: [{ name: "b", count: 2 }] }),
  ],
};

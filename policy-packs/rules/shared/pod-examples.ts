/** Examples of pods as controllers make them. */
import type { Example, Expected } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json } from "../../../model/policy/view.ts";
import { alone } from "./alone.ts";

type Spec = { readonly [key: string]: Json };

/** One example: the pod's spec, and what must be said of which place in it. */
export interface PodExample {
  readonly says: string;
  readonly spec: Spec;
  /** Path below the pod's spec. */
  readonly path?: string;
  readonly annotations?: Spec;
}

/** Examples by kind; that nothing is known of a pod, and patches, come by themselves. */
export interface PodExamples {
  readonly violating: readonly [PodExample, ...PodExample[]];
  readonly clean: readonly PodExample[];
  /** What must be said of a container of which nothing but the image is set. */
  readonly bare: "fail" | "pass";
}

const image = `registry.k8s.io/app@sha256:${"0".repeat(64)}`;

/** A pod of one container with these properties. */
export function withContainer(container: Spec, spec: Spec = {}): Spec {
  return { ...spec, containers: [{ name: "app", image, ...container }] };
}

/** A container with this security context. */
export function withContext(securityContext: Json, spec: Spec = {}): Spec {
  return withContainer({ securityContext }, spec);
}

const metadata = { name: "app", namespace: "shop" };
/** Where the pod's spec stands in a Deployment, without the dot behind. */
export const inDeployment = "spec.template.spec";

/** A Deployment with this pod. */
export function deployment(spec: Json, annotations?: Spec) {
  const pod = { metadata: { labels: { app: "app" }, ...(annotations && { annotations }) }, spec };
  return alone("kubernetes:apps/v1:Deployment", { metadata, spec: { template: pod } });
}

/** The first violating example also stands in other kinds, and in a patch and a list. */
export function podExamples({ violating, clean, bare }: PodExamples): Example[] {
  return [
    ...violating.map((example) => inForm("violating", "fail", example)),
    ...otherForms(violating[0]),
    ...clean.map((example) => inForm("clean", "pass", example)),
    {
      kind: "unknown",
      says: "the pod is not known",
      expect: "unknown",
      resources: alone("kubernetes:apps/v1:Deployment", {
        metadata,
        spec: { template: unknownHere },
      }),
      path: "spec.template",
    },
    inForm("absent", bare, { says: "nothing but an image", spec: withContainer({}) }),
    {
      kind: "clean",
      says: "a patch that says nothing of it",
      expect: "pass",
      resources: alone("kubernetes:apps/v1:DeploymentPatch", {
        metadata,
        spec: { template: { spec: { containers: [{ name: "app" }] } } },
      }),
    },
  ];
}

function inForm(kind: Example["kind"], expect: Expected, example: PodExample): Example {
  const { says, spec, path, annotations } = example;
  return {
    kind,
    says,
    expect,
    resources: deployment(spec, annotations),
    ...(path === undefined ? {} : { path: `${inDeployment}.${path}` }),
  };
}

function otherForms({ spec, path, annotations }: PodExample): Example[] {
  const pod = { metadata: { ...metadata, ...(annotations && { annotations }) }, spec };
  const job = { spec: { template: pod } };
  const forms: [string, string, Spec][] = [
    ["core/v1:Pod", "spec", pod],
    [
      "batch/v1:CronJob",
      "spec.jobTemplate.spec.template.spec",
      { metadata, spec: { jobTemplate: job } },
    ],
    ["apps/v1:StatefulSetList", "items[0].spec.template.spec", { items: [{ metadata, ...job }] }],
  ];
  return forms.map(([type, place, props]) => ({
    kind: "violating",
    says: `the same in ${type}`,
    expect: "fail",
    resources: alone(`kubernetes:${type}`, props),
    ...(path === undefined ? {} : { path: `${place}.${path}` }),
  }));
}

/** Kubernetes, "Images": a tag may be moved, a digest names one content; no host means docker.io. */
import { withContainer } from "../shared/pod-examples.ts";
import { podRule } from "../shared/pod-rule.ts";
import { isReviewedRegistry } from "./reviewed-registries.ts";

const digest = `sha256:${"0".repeat(64)}`;

export const KP12 = podRule({
  id: "KP12",
  sentence: "Images come from reviewed registries by digest.",
  why: "Who may move a tag, or runs the registry, runs his own program in the pod at its next start.",
  severity: "medium",
  tenets: ["T5"],
  controls: ["CM-14", "SI-7", "SR-4"],
  fix: "Name the image by its digest (name@sha256:…), in a registry of policy-packs/rules/kubernetes/reviewed-registries.ts.",
  eachContainer: ({ spot }, _pod, report) => {
    const image = spot.at("image");
    const text = image.view.text();
    if (text === undefined) return;
    if (!/@sha256:[0-9a-f]{64}$/.test(text)) report(image, "another image under the same name");
    const host = hostOf(text);
    if (!isReviewedRegistry(host)) report(image, `an image of ${host}`);
  },
  examples: {
    violating: [
      {
        says: "a tag",
        spec: withContainer({ image: "registry.k8s.io/pause:3.10" }),
        path: "containers[0].image",
      },
      {
        says: "an unknown registry",
        spec: withContainer({ image: `images.example/app@${digest}` }),
      },
    ],
    clean: [
      { says: "by digest", spec: withContainer({ image: `docker.io/library/nginx@${digest}` }) },
    ],
    bare: "pass",
  },
});

/** The first part is a host if it has a dot or a port, or is `localhost`. */
function hostOf(image: string): string {
  const [first = "", ...rest] = image.split("/");
  return rest.length > 0 && /[.:]|^localhost$/.test(first) ? first : "docker.io";
}

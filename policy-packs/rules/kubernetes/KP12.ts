/** Kubernetes, "Images": no tag is `latest`, which whoever pushes moves; no host means docker.io. */
import { withContainer } from "../shared/pod-examples.ts";
import { podRule } from "../shared/pod-rule.ts";
import { digestOf, imageDigest, registryOf, tagOf } from "./image-name.ts";
import { isReviewedRegistry } from "./reviewed-registries.ts";

export const KP12 = podRule({
  id: "KP12",
  sentence: "Images come from reviewed registries, in a version that is named.",
  why: "Who runs the registry, or pushes next, runs his own program in the pod at its next start.",
  severity: "medium",
  tenets: ["T5"],
  controls: ["CM-14", "SI-7", "SR-4"],
  fix: "Name the image's version or, better, its digest (name@sha256:…), in a registry of policy-packs/rules/kubernetes/reviewed-registries.ts.",
  eachContainer: ({ spot }, _pod, report) => {
    const image = spot.at("image");
    const text = image.view.text();
    if (text === undefined) return;
    if (digestOf(text) === undefined && tagOf(text) === "latest") {
      report(image, "whatever was pushed last under the name");
    }
    const host = registryOf(text);
    if (!isReviewedRegistry(host)) report(image, `an image of ${host}`);
  },
  examples: {
    violating: [
      {
        says: "the latest",
        spec: withContainer({ image: "registry.k8s.io/pause:latest" }),
        path: "containers[0].image",
      },
      { says: "no tag", spec: withContainer({ image: "localhost:5000/shop/app" }) },
      {
        says: "an unknown registry",
        spec: withContainer({ image: `images.example/app@${imageDigest}` }),
      },
    ],
    clean: [
      { says: "a version", spec: withContainer({ image: "registry.k8s.io/pause:3.10" }) },
      {
        says: "by digest",
        spec: withContainer({ image: `docker.io/library/nginx@${imageDigest}` }),
      },
    ],
    bare: "pass",
  },
});

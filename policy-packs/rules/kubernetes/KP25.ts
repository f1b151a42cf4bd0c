/** Kubernetes, "Images", "Image digests": a tag may be moved, a digest names one content. */
import { withContainer } from "../shared/pod-examples.ts";
import { podRule } from "../shared/pod-rule.ts";
import { digestOf, imageDigest } from "./image-name.ts";

export const KP25 = podRule({
  id: "KP25",
  sentence: "Images are named by digest.",
  why: "Who may move a version's tag runs his own program in the pod at its next start.",
  // Projects ship by tags: what is lost by one is to be known, and stops nobody.
  severity: "low",
  level: "advisory",
  tenets: ["T5"],
  controls: ["CM-14", "SI-7", "SR-4"],
  fix: "Name the image by its digest: name:version@sha256:….",
  eachContainer: ({ spot }, _pod, report) => {
    const image = spot.at("image");
    const text = image.view.text();
    if (text === undefined || digestOf(text) !== undefined) return;
    report(image, "another image under the same name");
  },
  examples: {
    violating: [
      {
        says: "a tag",
        spec: withContainer({ image: "registry.k8s.io/pause:3.10" }),
        path: "containers[0].image",
      },
      { says: "half a digest", spec: withContainer({ image: "registry.k8s.io/pause@sha256:00" }) },
    ],
    clean: [
      {
        says: "tag and digest",
        spec: withContainer({ image: `docker.io/library/nginx:1.29@${imageDigest}` }),
      },
    ],
    bare: "pass",
  },
});

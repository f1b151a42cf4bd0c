/** Kubernetes, "Configure a Security Context for a Pod or Container"; Windows needs a writable root. */
import { withContext } from "../shared/pod-examples.ts";
import { podRule } from "../shared/pod-rule.ts";
import { isWindows } from "../shared/pod-spec.ts";

export const KP08 = podRule({
  id: "KP08",
  sentence: "The root file system is read-only.",
  why: "Whoever breaks in can put his tools beside the program, or in its place, and is there after the next request.",
  severity: "high",
  tenets: ["T5"],
  controls: ["CM-7", "SI-7"],
  fix: "Set securityContext.readOnlyRootFilesystem to true; mount an emptyDir where the program writes.",
  eachContainer: ({ spot }, pod, report) => {
    const flag = spot.at("securityContext", "readOnlyRootFilesystem");
    if (flag.view.flag() === true || isWindows(pod)) return;
    report(flag, "a program written to /usr/bin", { spot: flag, value: true });
  },
  // A program that writes beside its own files stops working.
  remedy: "opt-in",
  examples: {
    violating: [
      {
        says: "writable",
        spec: withContext({ readOnlyRootFilesystem: false }),
        path: "containers[0].securityContext.readOnlyRootFilesystem",
      },
    ],
    clean: [
      { says: "read-only", spec: withContext({ readOnlyRootFilesystem: true }) },
      { says: "on Windows", spec: withContext({}, { os: { name: "windows" } }) },
    ],
    bare: "fail",
  },
});

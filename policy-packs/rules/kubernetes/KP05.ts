/** Kubernetes, "Pod Security Standards", restricted: capabilities; Windows has none. */
import { withContext } from "../shared/pod-examples.ts";
import { podRule } from "../shared/pod-rule.ts";
import { isWindows } from "../shared/pod-spec.ts";

/** The one capability that the standard lets a container add. */
const harmless = "NET_BIND_SERVICE";

export const KP05 = podRule({
  id: "KP05",
  sentence: "Containers drop all capabilities, and add none but NET_BIND_SERVICE.",
  why: "NET_RAW forges packets of neighbours, SYS_ADMIN mounts the node: each capability is a piece of root.",
  severity: "high",
  tenets: ["T5"],
  controls: ["CM-7", "AC-6"],
  fix: "Set securityContext.capabilities.drop to [ALL], and add to nothing or [NET_BIND_SERVICE].",
  eachContainer: ({ spot }, pod, report) => {
    if (isWindows(pod)) return;
    const held = spot.at("securityContext", "capabilities");
    const drop = held.at("drop");
    const add = held.at("add");
    const added = add.items().filter(({ view }) => view.text() !== harmless);
    const kept = add.items().length === added.length ? undefined : [harmless];
    for (const one of added) {
      const name = one.view.text() ?? "";
      report(one, `a process with ${name}`, { spot: add, value: kept });
    }
    if (drop.items().some(({ view }) => view.text() === "ALL")) return;
    const witness = "a process with the runtime's default capabilities, NET_RAW among them";
    report(drop, witness, { spot: drop, value: ["ALL"] });
  },
  // What needs a capability, such as ping or chown, stops working.
  remedy: "opt-in",
  examples: {
    violating: [
      {
        says: "one is added",
        spec: withContext({ capabilities: { drop: ["ALL"], add: ["SYS_ADMIN", harmless] } }),
        path: "containers[0].securityContext.capabilities.add[0]",
      },
      {
        says: "some are dropped",
        spec: withContext({ capabilities: { drop: ["NET_RAW"] } }),
        path: "containers[0].securityContext.capabilities.drop",
      },
    ],
    clean: [
      { says: "none", spec: withContext({ capabilities: { drop: ["ALL"] } }) },
      {
        says: "low ports",
        spec: withContext({ capabilities: { drop: ["ALL"], add: [harmless] } }),
      },
      { says: "on Windows", spec: withContext({}, { os: { name: "windows" } }) },
    ],
    bare: "fail",
  },
});

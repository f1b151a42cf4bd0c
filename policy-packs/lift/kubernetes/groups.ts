/** Groups of pods as rules name them, and which pods are in them. */
import type { PodSet } from "./pods.ts";

/** Every pod there is. */
export const everyPod = "pods";
/** Pods that share their node's network, whose packets come from the node's address. */
export const onNodeNetwork = "pods on the node's network";

/** Names groups and remembers their members. */
export class Groups {
  private readonly named = new Set<string>();
  private readonly ofPods = new Map<string, string[]>();

  /** The group's name; undefined where it would be empty. */
  name(name: string, pods: readonly PodSet[]): string | undefined {
    if (pods.length === 0) return undefined;
    if (!this.named.has(name)) {
      this.named.add(name);
      for (const { id } of pods) {
        const own = this.ofPods.get(id);
        if (own === undefined) this.ofPods.set(id, [name]);
        else own.push(name);
      }
    }
    return name;
  }

  /** Whether the group was named and has members. */
  has(name: string): boolean {
    return this.named.has(name);
  }

  /** Groups that a pod is in. */
  of(id: string): readonly string[] {
    return this.ofPods.get(id) ?? [];
  }
}

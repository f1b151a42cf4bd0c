/** Which view fits where the output goes. */
import type { Output } from "../output.ts";
import { plainView, type View } from "./view.ts";

/** The view that fits where the output goes. The live one is loaded only where it is used. */
export async function chooseView(output: Output): Promise<View> {
  if (!output.live) return plainView(output);
  const { liveView } = await import("./live.ts");
  return liveView();
}

/** What loading has left behind is given back to the machine. */
import { Session } from "node:inspector/promises";

/**
 * Collects all garbage of this process and shrinks V8's spaces to what is in use, by the protocol of
 * Chrome's developer tools (HeapProfiler.collectGarbage). V8 alone waits until the process rests.
 */
export async function collectGarbage(): Promise<void> {
  const session = new Session();
  session.connect();
  try {
    await session.post("HeapProfiler.collectGarbage");
  } finally {
    session.disconnect();
  }
}

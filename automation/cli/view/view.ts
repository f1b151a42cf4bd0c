/** How work is shown while it is under way. */
import { duration, type Output } from "../output.ts";

/** What a phase can say about itself. */
export interface Teller {
  /** What is going on right now; replaces what was said before, and only a terminal shows it. */
  status(text: string): void;
  /** Something that has happened; only plain output shows it, a line each. */
  line(text: string): void;
  /** Replaces the phase's title, where its end knows better; `ok` says whether it went well. */
  title(text: string, ok?: boolean): void;
}

/** Shows phases, one after the other. */
export interface View {
  phase<T>(title: string, work: (tell: Teller) => Promise<T>): Promise<T>;
}

/** Phases alone, for work that runs many operations. */
export function phaseView(output: Output): View {
  const { phase } = plainView(output);
  return {
    phase: (title, work) => phase(title, (tell) => work({ ...tell, line: () => undefined })),
  };
}

/** Lines without any control character, for files and pipelines. */
export function plainView(output: Output): View {
  return {
    async phase(title, work) {
      const started = Date.now();
      let shown = title;
      let mark = "✓";
      output.note(`▸ ${title}`);
      const result = await work({
        status: () => undefined,
        line: (text) => output.note(`  ${text}`),
        title: (text, ok = true) => {
          shown = text;
          mark = ok ? "✓" : "✗";
        },
      });
      output.note(`${mark} ${shown} (${duration(Date.now() - started)})`);
      return result;
    },
  };
}

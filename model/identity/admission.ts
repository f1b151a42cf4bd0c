/** What a trust says to a token, and why. */
export type Admission =
  | { readonly outcome: "admitted"; readonly because: string }
  | { readonly outcome: "refused"; readonly because: string }
  | { readonly outcome: "undecided"; readonly because: string };

export function admitted(because: string): Admission {
  return { outcome: "admitted", because };
}

export function refused(because: string): Admission {
  return { outcome: "refused", because };
}

/** The trust uses something this model does not know; never to be read as refused. */
export function undecided(because: string): Admission {
  return { outcome: "undecided", because };
}

/** All must admit: the first refusal decides, then the first doubt. */
export function everyAdmission(parts: readonly Admission[]): Admission {
  return (
    parts.find((part) => part.outcome === "refused") ??
    parts.find((part) => part.outcome === "undecided") ??
    admitted(parts.map((part) => part.because).join("; "))
  );
}

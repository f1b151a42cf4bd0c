/** The clouds as people write them. */
export const cloudTitles: Readonly<Record<string, string>> = {
  aws: "AWS",
  azure: "Azure",
  gcp: "Google Cloud",
};

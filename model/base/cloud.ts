/** The clouds that Bulkhead lowers to. */
export const clouds = ["aws", "azure", "gcp"] as const;
export type Cloud = (typeof clouds)[number];

/** The clouds as people write them. */
export const cloudTitles: Readonly<Record<Cloud, string>> = {
  aws: "AWS",
  azure: "Azure",
  gcp: "Google Cloud",
};

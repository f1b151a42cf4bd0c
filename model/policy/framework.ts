/** Catalogues of controls beyond NIST's, as far as a rule's place in them was read somewhere. */

/** Benchmarks and standards by the name that rules use, with their full titles. */
export const frameworks = {
  "cis-aws-3.0.0": "CIS Amazon Web Services Foundations Benchmark 3.0.0",
  "cis-azure-2.1.0": "CIS Microsoft Azure Foundations Benchmark 2.1.0",
  "cis-gcp-3.0.0": "CIS Google Cloud Platform Foundation Benchmark 3.0.0",
  "cis-kubernetes-1.9.0": "CIS Kubernetes Benchmark 1.9.0",
  "pci-dss-4.0": "Payment Card Industry Data Security Standard 4.0",
  "iso-27001-2022": "ISO/IEC 27001:2022, Annex A",
  "soc-2": "SOC 2, Trust Services Criteria 2017",
} as const;

export type Framework = keyof typeof frameworks;

/** One control that a rule checks, wholly or in part. */
export interface FrameworkControl {
  readonly framework: Framework;
  /** As the framework numbers it: `2.1.4`. */
  readonly control: string;
  /** Where the relation was read: a document's title and section, or a public mapping's file. */
  readonly source: string;
}

/** Where rules stand in benchmarks, as read in the public mapping files of Prowler (3e000fa). */
import type { Framework, FrameworkControl } from "../../../model/policy/framework.ts";

const files = {
  "cis-aws-3.0.0": "compliance/aws/cis_3.0_aws.json",
  "cis-azure-2.1.0": "compliance/azure/cis_2.1_azure.json",
  "cis-gcp-3.0.0": "compliance/gcp/cis_3.0_gcp.json",
} as const satisfies Partial<Record<Framework, string>>;

const isoFiles = {
  aws: "compliance/aws/iso27001_2022_aws.json",
  azure: "compliance/azure/iso27001_2022_azure.json",
  gcp: "compliance/gcp/iso27001_2022_gcp.json",
} as const;

/** A recommendation of a CIS benchmark. */
export function cis(framework: keyof typeof files, control: string): FrameworkControl {
  return { framework, control, source: `Prowler 3e000fa, prowler/${files[framework]}` };
}

/** A control of ISO/IEC 27001:2022, read beside the named check. */
export function iso(
  cloud: keyof typeof isoFiles,
  control: string,
  check: string,
): FrameworkControl {
  const source = `Prowler 3e000fa, prowler/${isoFiles[cloud]}, ${check}`;
  return { framework: "iso-27001-2022", control, source };
}

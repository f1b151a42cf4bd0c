/** Availability zones of AWS regions. */

/** Zones of the regions that have more or fewer than three (AWS documentation, "Regions and Zones"). */
const zoneCounts: Readonly<Record<string, number>> = {
  "us-east-1": 6,
  "us-west-2": 4,
  "ap-northeast-1": 3,
  "ap-northeast-2": 4,
  "us-west-1": 2,
};

const zonesUsually = 3;

/** How the parts of a region's name are shortened in zone ids. */
const directions: Readonly<Record<string, string>> = {
  north: "n",
  south: "s",
  east: "e",
  west: "w",
  central: "c",
  northeast: "ne",
  northwest: "nw",
  southeast: "se",
  southwest: "sw",
};

/** One availability zone: its name in the account and its id in the whole cloud. */
export interface Zone {
  readonly name: string;
  readonly id: string;
}

/** The availability zones of a region; zone `a` is the first id here, which AWS shuffles per account. */
export function zonesOf(region: string): readonly Zone[] {
  const count = zoneCounts[region] ?? zonesUsually;
  return Array.from({ length: count }, (_, i) => ({
    name: `${region}${String.fromCharCode("a".charCodeAt(0) + i)}`,
    id: `${shortened(region)}-az${i + 1}`,
  }));
}

/** `eu-central-1` as `euc1`, `us-gov-west-1` as `usgw1`. */
function shortened(region: string): string {
  return region
    .split("-")
    .map((part, i) => (i > 0 && part === "gov" ? "g" : (directions[part] ?? part)))
    .join("");
}

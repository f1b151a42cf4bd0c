/** Conditions in CEL that decide nothing. */

const constant = String.raw`(?:true|!false|!!true|(\d+)==\1|'([^']*)'=='\2')`;
const whole = new RegExp(`^\\(*${constant}\\)*$`);
const alternative = new RegExp(`(?:^|\\|\\|)${constant}(?:\\|\\||$)`);

/** Whether there is no condition, or one that plainly holds for everything, alone or beside an \`||\`. */
export function isAlwaysTrue(condition: string): boolean {
  const text = condition.replace(/\s+/g, "");
  if (text === "" || whole.test(text)) return true;
  // With an && somewhere only an evaluation can tell.
  return !text.includes("&&") && alternative.test(text.replace(/[()]/g, ""));
}

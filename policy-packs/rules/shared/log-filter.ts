/**
 * What a filter of Cloud Logging matches, as far as its text tells: audit logs are those whose name
 * holds `cloudaudit.googleapis.com`, and whose payload is `protoPayload`.
 */

/** Parts of an entry by which a filter keeps to logs of another kind. */
const elsewhere =
  /\b(logName|log_id|resource\.(type|labels)|jsonPayload|textPayload|httpRequest|labels\.|sourceLocation|trace|spanId)\b/i;
const audit = /cloudaudit(\.googleapis\.com|%2F)|protoPayload/i;
/** The same in a term that is turned round, by a word, a sign or an operator. */
const notAudit =
  /(\bNOT\s+|(^|[\s(])-)\(?[^()]*?(cloudaudit|protoPayload)|logName\s*(!=|!~)\s*\S*cloudaudit/i;

/** Whether audit logs are among what the filter matches. */
export function matchesAuditLogs(filter: string): boolean {
  if (notAudit.test(filter)) return false;
  return audit.test(filter) || !elsewhere.test(filter);
}

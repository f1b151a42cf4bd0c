/**
 * Pulumi's runner installs source-map-support, whose formatting of stack traces takes a third of a
 * program's time: the SDK asks for one trace per resource and promise. Stripped types keep every
 * line where it was, so there is nothing to map. Import this before anything else.
 */
delete (Error as { prepareStackTrace?: unknown }).prepareStackTrace;

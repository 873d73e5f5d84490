/** The texts of files that could not be read and of events that a store refused. `{name}` is filled in. */
export const failedStrings = {
  problems: {
    title: "Files to look at",
    place: "Line {line}",
    placeColumn: "Line {line}, column {column}",
    more: "and {count} more",
    open: "Open {path}",
    vault: "The vault",
    gone: "They are deleted",
    quarantined: "{count} of the journal could not be read and were put aside in its quarantine folder.",
  },
  dead: {
    title: "Refused by Neo4j",
    retry: "Retry all",
    retryOne: "Retry",
    discard: "Discard all…",
    discardOne: "Discard…",
    line: "{type} in {path}",
    noPath: "{type}",
    more: "and {count} more",
  },
} as const;

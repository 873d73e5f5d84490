/** The texts of menus on cards, connections, canvases and folders, beside those of tasks on cards. */
export const menuStrings = {
  menus: {
    record: "Record learning event…",
    recordConnection: "Record learning event about the connection…",
    index: "Index this canvas",
    indexFolder: "Index the canvases of this folder",
    indexSeveral: "Index these canvases",
    history: "Show learning history",
    compare: "Compare with graph and Neo4j…",
    restore: "Restore before last change by Canvas Engram…",
    export: "Export learning history…",
    connection: "the connection from {from} to {to}",
  },
} as const;

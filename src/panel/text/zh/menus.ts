import type { Language } from "../strings";

/** The texts of menus on cards, connections, canvases and folders, in Chinese. */
export const menuStrings: Pick<Language, "menus"> = {
  menus: {
    record: "记录学习事件…",
    recordConnection: "记录关于此连线的学习事件…",
    index: "索引此白板",
    indexFolder: "索引此文件夹中的白板",
    indexSeveral: "索引这些白板",
    history: "显示学习历史",
    compare: "与图谱和 Neo4j 比对…",
    restore: "恢复到 Canvas Engram 上次更改之前…",
    export: "导出学习历史…",
    connection: "从“{from}”到“{to}”的连线",
  },
};

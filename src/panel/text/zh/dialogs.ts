import type { Language } from "../strings";

/** The texts of dialogs that ask before something is done, in Chinese. */
export const dialogStrings: Pick<Language, "record" | "confirm"> = {
  record: {
    title: "记录学习事件",
    about: "关于{subject}",
    score: "分数",
    scoreHelp: "0 到 100，可留空。",
    rating: "复习",
    ratingHelp: "如果是复习，结果如何。",
    noRating: "不是复习",
    ratings: { again: "重来", hard: "困难", good: "良好", easy: "简单" },
    remark: "备注",
    remarkHelp: "写给自己的一句话，可留空。",
    save: "记录",
    cancel: "取消",
    empty: "请填写分数、复习结果或备注。",
    badScore: "请输入 0 到 100 之间的数字。",
  },
  confirm: {
    cancel: "取消",
    consentTitle: "开始记录此仓库？",
    discardTitle: "丢弃被 Neo4j 拒绝的事件？",
    discardText: "{events}将不再发送到 Neo4j，之后也无法找回到那里。它们仍保留在此仓库的日志中。",
    discard: "丢弃",
    restoreTitle: "恢复此白板？",
    restoreText: "将撤回 Canvas Engram 于 {time} 对 {path} 所做的上次更改。",
    restoreStays: "你之后的修改会保留。再次运行此命令可撤销本次恢复。",
    restore: "恢复",
    removeHereTitle: "删除此设备上的所有数据？",
    removeHereText:
      "日志、本地图谱以及 Canvas Engram 在此设备上保存的其他所有内容都会被删除。白板和笔记保持不变。此操作无法撤销：如果以后可能需要，请先备份日志。",
    removeHere: "删除",
    removeNeo4jTitle: "从 Neo4j 中删除此仓库的数据？",
    removeNeo4jText: "此仓库在 Neo4j 中的所有数据都会被删除，并停止发送。此仓库中的历史会保留，重新启用后会再次发送。",
    removeNeo4j: "删除",
    importTitle: "导入日志备份",
    importText: "请选择由“将日志备份到文件”命令生成的文件。已存在的事件会被跳过。",
    importButton: "导入",
    importNone: "请先选择文件。",
  },
};

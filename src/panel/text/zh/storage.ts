import type { Language } from "../strings";

/** Every text about what is kept on the disk, in Chinese. */
export const storageStrings: Pick<Language, "storage" | "diagnostics"> = {
  storage: {
    heading: "存储",
    sizes: "保存在此设备上",
    sizesHelp: "位于此仓库的插件文件夹中，不包括白板和笔记本身。",
    sizesAgain: "重新查看",
    sizesWait: "引擎尚未打开。",
    sizesText: "共 {all}：日志 {journal}，本地图谱 {graph}，最近写入前的文本 {recovery}，任务 {tasks}。",
    sizesOthers: "其他设备在此保存了 {others}。",
    journalLimit: "日志大小",
    journalLimitHelp: "超过后不再记录。0 表示不限。",
    retention: "自动清理",
    retentionHelp: "每个白板最近 50 次写入之前的文本会保留，总共最多 64 MB。已结束的任务保留最近 100 个，最长 30 天。日志保留全部内容。",
    export: "导出",
    exportHelp: "在仓库的“Exports”文件夹中生成文件。",
    exports: { events: "事件", graph: "图谱", stats: "统计" },
    exportTitle: "导出{what}",
    backUp: "备份日志",
    backUpHelp: "将此仓库的全部记录写入仓库根目录下的一个文件，之后可以用命令重新导入。",
    backUpButton: "备份",
    rebuild: "重建本地图谱",
    rebuildHelp: "根据日志重新生成。会先说明将有哪些变化，并征求同意。",
    rebuildButton: "重建",
    folder: "插件文件夹",
    folderHelp: "以上内容所在的位置。应用无法打开时，会复制其路径。",
    folderButton: "打开",
    pathCopied: "已复制：{path}",
  },
  diagnostics: {
    report: "求助报告",
    reportHelp: "包含版本、设置、数量和大小，不含文字、标题、路径、地址、用户名或密钥；服务器地址会被隐去。",
    copy: "复制报告",
    copied: "已复制。报告很短，转交之前可以先读一遍。",
  },
};

import type { Language } from "../strings";

/** The texts of the dialog that exports, in Chinese. */
export const exportStrings: Pick<Language, "exportForm"> = {
  exportForm: {
    title: "导出",
    what: "内容",
    subjects: { events: "学习事件", graph: "本地图谱", stats: "发送统计", task: "任务结果" },
    format: "格式",
    formats: { json: "JSON", ndjson: "JSON，每行一条", csv: "CSV，用于电子表格" },
    table: "表",
    tableHelp: "按行存储的文件只包含图谱中的一张表。",
    tables: { canvases: "白板", nodes: "卡片", edges: "连线", notes: "笔记", concepts: "概念" },
    canvas: "仅此白板",
    canvasHelp: "白板在仓库中现在或过去的路径。留空则为全部白板。",
    days: "仅最近几天",
    daysHelp: "天数。留空则从头开始。",
    badDays: "请输入大于 0 且不超过 36,500 的天数。",
    task: "任务",
    folder: "文件夹",
    folderHelp: "在仓库中生成文件的位置。留空则为仓库根目录。不会覆盖任何文件。",
    firstFolder: "导出",
    save: "导出",
    cancel: "取消",
    taskTitle: "导出：{what}",
    done: "已导出到 {path}。",
  },
};

import type { Language } from "../strings";

/** The texts of files that could not be read and of events that a store refused, in Chinese. */
export const failedStrings: Pick<Language, "problems" | "dead"> = {
  problems: {
    title: "需要检查的文件",
    place: "第 {line} 行",
    placeColumn: "第 {line} 行，第 {column} 列",
    more: "另有 {count} 项",
    open: "打开 {path}",
    vault: "仓库",
    gone: "确实已删除",
    quarantined: "日志中有 {count}无法读取，已移到其隔离文件夹中。",
  },
  dead: {
    title: "被 Neo4j 拒绝",
    retry: "全部重试",
    retryOne: "重试",
    discard: "全部丢弃…",
    discardOne: "丢弃…",
    line: "{path} 中的 {type}",
    noPath: "{type}",
    more: "另有 {count} 项",
  },
};

import type { Setting, SettingGroupItem } from "obsidian";
import type { ScheduleView } from "../../engine/index";
import type { Format } from "../../panel/text/format";
import { scheduleText } from "../../panel/forms/scheduleRow";
import { strings } from "../../panel/text/strings";

const words = strings.scheduleRows;

/** What a person may do with a schedule in its row. */
export interface ScheduleActions {
  add(): void;
  pause(id: string): void;
  resume(id: string): void;
  remove(schedule: ScheduleView): void;
  /** Sees to it that the rows are drawn anew when a schedule is another one. Returns its end. */
  watch(): () => void;
}

/** The schedules of this device and a row for a new one. */
export function scheduleRows(schedules: readonly ScheduleView[], format: Format, actions: ScheduleActions): SettingGroupItem[] {
  const rows = schedules.map((schedule): SettingGroupItem => ({
    name: schedule.task.title,
    desc: scheduleText(schedule, format),
    render: (setting) => {
      showButtons(setting, schedule, actions);
      return actions.watch();
    },
  }));
  return [{ name: strings.scheduleCommands.add, action: () => actions.add() }, ...rows];
}

function showButtons(setting: Setting, schedule: ScheduleView, actions: ScheduleActions): void {
  const { id, paused } = schedule;
  setting.addExtraButton((button) =>
    button
      .setIcon(paused ? "play" : "pause")
      .setTooltip(paused ? words.resume : words.pause)
      .onClick(() => (paused ? actions.resume(id) : actions.pause(id))),
  );
  setting.addExtraButton((button) => button.setIcon("trash-2").setTooltip(words.remove).onClick(() => actions.remove(schedule)));
}

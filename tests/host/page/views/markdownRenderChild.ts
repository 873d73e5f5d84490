import { Component } from "../core/component";

/** A part of a rendered note. The renderer unloads it when its element is replaced or its note is closed. */
export class MarkdownRenderChild extends Component {
  containerEl: HTMLElement;

  constructor(containerEl: HTMLElement) {
    super();
    this.containerEl = containerEl;
  }
}

type Delegate = (this: HTMLElement, ev: Event, target: HTMLElement) => unknown;

/** `on` and `off`: listeners for elements below that match a selector. */
export function delegation(): Record<string, unknown> {
  const bound = new WeakMap<EventTarget, { type: string; selector: string; listener: Delegate; fn: EventListener }[]>();
  return {
    on(this: HTMLElement, type: string, selector: string, listener: Delegate, options?: AddEventListenerOptions): void {
      const fn = (event: Event): void => {
        const target = event.target instanceof Element ? event.target.closest<HTMLElement>(selector) : null;
        if (target !== null && this.contains(target)) listener.call(this, event, target);
      };
      bound.set(this, [...(bound.get(this) ?? []), { type, selector, listener, fn }]);
      this.addEventListener(type, fn, options);
    },
    off(this: HTMLElement, type: string, selector: string, listener: Delegate, options?: EventListenerOptions): void {
      const mine = bound.get(this) ?? [];
      const same = mine.find((one) => one.type === type && one.selector === selector && one.listener === listener);
      if (same === undefined) return;
      bound.set(this, mine.filter((one) => one !== same));
      this.removeEventListener(type, same.fn, options);
    },
  };
}

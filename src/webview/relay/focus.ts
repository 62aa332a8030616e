import { LitElement } from 'lit';

/** What may have the focus carries a name in `data-focus`; drawing anew must not take it from whoever has it. */

export function focusedName(root: HTMLElement): string | undefined {
  const active = document.activeElement;
  const named =
    active instanceof HTMLElement && root.contains(active) ? active.closest<HTMLElement>('[data-focus]') : null;
  return named?.dataset['focus'];
}

export function focusByName(root: HTMLElement, name: string): void {
  for (const element of root.querySelectorAll<HTMLElement>('[data-focus]')) {
    if (element.dataset['focus'] !== name) continue;
    // A component that is new has nothing yet that could have the focus.
    if (element instanceof LitElement && !element.hasUpdated) void element.updateComplete.then(() => focusOn(element));
    else focusOn(element);
    return;
  }
}

function focusOn(element: HTMLElement): void {
  element.focus({ preventScroll: true });
  // Not every component hands the focus on to what it is made of.
  if (document.activeElement !== element) element.shadowRoot?.querySelector<HTMLElement>('button, input')?.focus();
}

/** Where drawing moved the element, the browser has let go of it; where it took it away, `instead` has it. */
export function keepFocus(root: HTMLElement, draw: () => void, instead: string | undefined): void {
  const before = focusedName(root);
  draw();
  const wanted = instead ?? before;
  if (wanted === undefined || focusedName(root) === wanted) return;
  if (document.activeElement === document.body || instead !== undefined) focusByName(root, wanted);
}

export function scrollPlaces(root: HTMLElement): Readonly<Record<string, number>> {
  const places: Record<string, number> = {};
  for (const element of root.querySelectorAll<HTMLElement>('[data-scroll]'))
    places[element.dataset['scroll'] ?? ''] = element.scrollTop;
  return places;
}

export function scrollTo(root: HTMLElement, places: Readonly<Record<string, number>>): void {
  for (const element of root.querySelectorAll<HTMLElement>('[data-scroll]'))
    element.scrollTop = places[element.dataset['scroll'] ?? ''] ?? 0;
}

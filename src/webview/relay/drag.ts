import type { SectionId } from '../../protocol/relay.ts';
import { withPlacedAt } from './curate.ts';
import type { Ui } from './ui.ts';

/** What a row does while one of them is drawn over it with the mouse. */
export interface Drag {
  start(event: DragEvent): void;
  over(event: DragEvent): void;
  leave(event: DragEvent): void;
  drop(event: DragEvent): void;
}

/** Only rows of this panel fall on rows of this panel. */
let dragged: SectionId | undefined;

export function dragOf(ui: Ui, id: SectionId): Drag {
  return {
    start: (event) => {
      dragged = id;
      event.dataTransfer?.setData('text/plain', id);
      const row = rowOf(event);
      if (row !== undefined) event.dataTransfer?.setDragImage(row, 8, 12);
    },
    over: (event) => {
      if (dragged === undefined || dragged === id) return;
      event.preventDefault();
      rowOf(event)?.classList.add('target');
    },
    leave: (event) => rowOf(event)?.classList.remove('target'),
    drop: (event) => {
      event.preventDefault();
      rowOf(event)?.classList.remove('target');
      const moved = dragged;
      dragged = undefined;
      if (moved !== undefined && moved !== id) ui.curate((curation) => withPlacedAt(curation, moved, id));
    },
  };
}

function rowOf(event: Event): HTMLElement | undefined {
  return event.target instanceof HTMLElement ? (event.target.closest<HTMLElement>('.section') ?? undefined) : undefined;
}

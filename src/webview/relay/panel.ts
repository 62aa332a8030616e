import { render } from 'lit';
import type { Curation, FromRelayPanel, ToRelayPanel } from '../../protocol/relay.ts';
import { focusByName, focusedName, keepFocus, scrollPlaces, scrollTo } from './focus.ts';
import { type Host, openHost } from './host.ts';
import { acted, change, EMPTY, type Model, receive, resume, unsentOf } from './model.ts';
import { panelView } from './panel-view.ts';
import type { Arrangement, Change, Ui } from './ui.ts';
import { say, type Words } from './words.ts';

const TYPING_MS = 350;

/** Holds the model, draws it, and tells the extension what the person decided. */
export class Panel {
  readonly #root: HTMLElement;
  readonly #uri: string;
  readonly #words: Partial<Words>;
  readonly #host: Host;
  #model: Model;
  /** Runs while typing goes on. */
  #rest: ReturnType<typeof setTimeout> | undefined;
  /** The first view was there. */
  #restored = false;
  /** It scrolls where it did before. */
  #settled = false;

  constructor(root: HTMLElement, uri: string, words: Partial<Words>) {
    this.#root = root;
    this.#uri = uri;
    this.#words = words;
    this.#host = openHost((message) => this.#told(message));
    const { tab, open, editing, dropOrderOpen } = this.#host.kept;
    this.#model = {
      ...EMPTY,
      tab: tab ?? EMPTY.tab,
      open: open ?? EMPTY.open,
      editing: editing ?? EMPTY.editing,
      dropOrderOpen: dropOrderOpen ?? EMPTY.dropOrderOpen,
    };
  }

  start(): void {
    window.addEventListener('blur', () => this.#sendTyped());
    window.addEventListener('pagehide', () => this.#sendTyped());
    this.#root.addEventListener('focusin', () => this.#keep());
    this.#root.addEventListener('scroll', () => this.#keep(), { capture: true, passive: true });
    this.#draw();
    this.#post({ type: 'ready' });
  }

  #told(message: ToRelayPanel): void {
    this.#model = receive(this.#model, message);
    if (message.type === 'view' && !this.#restored) this.#restore();
    else this.#draw();
    this.#keep();
  }

  /** Once, when there is something to scroll and to focus. */
  #restore(): void {
    const { scroll, focus, unsent } = this.#host.kept;
    this.#restored = true;
    this.#model = resume(this.#model, unsent);
    this.#draw();
    this.#send();
    // Components draw themselves a turn later.
    requestAnimationFrame(() => {
      if (scroll !== undefined) scrollTo(this.#root, scroll);
      if (focus !== undefined && document.activeElement === document.body) focusByName(this.#root, focus);
      this.#settled = true;
    });
  }

  #draw(focus?: string): void {
    keepFocus(this.#root, () => render(panelView(this.#ui()), this.#root), focus);
  }

  #ui(): Ui {
    const language = document.documentElement.lang || 'en';
    return {
      model: this.#model,
      say: (word, ...args) => say(this.#words, word, ...args),
      figure: (value) => value.toLocaleString(language),
      time: (iso) => new Date(iso).toLocaleString(language, { dateStyle: 'medium', timeStyle: 'short' }),
      curate: (decide, how) => this.#curate(decide, how ?? {}),
      arrange: (arrangement, focus) => this.#arrange(arrangement, focus),
      act: (action) => this.#ask({ type: 'action', action }),
      refresh: () => this.#ask({ type: 'refresh' }),
    };
  }

  #curate(decide: (curation: Curation) => Curation, { said, typing, focus }: Change): void {
    this.#model = change(this.#model, decide, said);
    this.#draw(focus);
    clearTimeout(this.#rest);
    if (typing === true) this.#rest = setTimeout(() => this.#send(), TYPING_MS);
    else this.#send();
    this.#keep();
  }

  #arrange(arrangement: Arrangement, focus: string | undefined): void {
    this.#model = { ...this.#model, ...arrangement };
    this.#draw(focus);
    this.#keep();
  }

  #ask(message: FromRelayPanel): void {
    this.#model = acted(this.#model);
    this.#draw();
    this.#sendTyped();
    this.#post(message);
  }

  /** What is about to be sent is sent before anything else happens. */
  #sendTyped(): void {
    if (this.#rest !== undefined) this.#send();
  }

  #send(): void {
    clearTimeout(this.#rest);
    this.#rest = undefined;
    const { pending, edit } = this.#model;
    if (pending !== undefined) this.#post({ type: 'curate', curation: pending, edit });
  }

  #post(message: FromRelayPanel): void {
    this.#host.post(message);
  }

  #keep(): void {
    const { tab, open, editing, dropOrderOpen } = this.#model;
    const before = this.#host.kept;
    this.#host.keep({
      uri: this.#uri,
      tab,
      open,
      editing,
      dropOrderOpen,
      unsent: this.#restored ? unsentOf(this.#model) : before.unsent,
      scroll: this.#settled ? scrollPlaces(this.#root) : (before.scroll ?? {}),
      focus: focusedName(this.#root) ?? before.focus,
    });
  }
}

import {html, nothing, type PropertyValues} from 'lit'
import {customElement, property, state} from 'lit/decorators.js'
import {repeat} from 'lit/directives/repeat.js'
import {sentence, Unreachable, type Client} from '../client.js'
import '../confirm.js'
import {icons} from '../icons.js'
import {LabelledElement, labelsOf} from '../language/labelled.js'
import type {Sentence} from '../language/labels.js'
import {words} from '../markdown.js'
import {moreThan, type More} from '../more.js'
import type {ThreadList, ThreadSummary} from '../protocol.js'
import {theme} from '../theme.js'
import {styles} from './threads.styles.js'

/** A thread was chosen; null for a new one. */
export class ChooseThreadEvent extends Event {
  constructor(readonly threadId: string | null) {
    super('choose')
  }
}

/** A thread is deleted. */
export class ThreadDeletedEvent extends Event {
  constructor(readonly threadId: string) {
    super('deleted')
  }
}

/** The user's threads, the newest first. */
@customElement('keyswitch-threads')
export class Threads extends LabelledElement {
  static override styles = [theme, styles]

  @property({attribute: false}) client!: Client
  @property() current = ''
  @state() private threads: readonly ThreadSummary[] | null = null
  /** The threads behind those shown; null if there are none. */
  @state() private older: More | null = null
  /** The thread whose deletion waits for a yes. */
  @state() private doomed: string | null = null
  /** Why a thread could not be deleted; null if it could. */
  @state() private problem: Sentence | null = null

  override focus(): void {
    this.renderRoot.querySelector('button')?.focus()
  }

  /** Reads the list anew. */
  async refresh(): Promise<void> {
    const {client} = this
    try {
      const list = await client.call<ThreadList>('listThreads')
      if (client === this.client) this.takeIn(list)
    } catch (failure) {
      // The chat says so, and asks for the list again when Keyswitch is back.
      if (client === this.client && !(failure instanceof Unreachable)) this.threads ??= []
    }
  }

  /** Another client is another user. */
  protected override willUpdate(changed: PropertyValues): void {
    if (!changed.has('client')) return
    this.threads = null
    this.older = null
    this.doomed = null
    void this.refresh()
  }

  protected override render() {
    const {threads} = labelsOf(this)
    return html`
      <button class="button" type="button" @click=${() => this.choose(null)}>${icons.add} ${threads.create}</button>
      ${
        this.threads === null
          ? html`<div role="status" aria-label=${threads.loading}>
              ${[80, 60, 70].map(() => html`<div class="skeleton"></div>`)}
            </div>`
          : html`<ul aria-label=${threads.list}>
              ${repeat(
                this.threads,
                (thread) => thread.threadId,
                (thread) => this.row(thread),
              )}
              ${this.older ? this.wayToOlder(this.older) : nothing}
            </ul>`
      }
    `
  }

  private wayToOlder({loading, problem}: More) {
    const labels = labelsOf(this)
    return html`<li>
      <button class="button more" type="button" aria-disabled=${loading ? 'true' : 'false'} @click=${this.more}>
        ${loading ? labels.common.loading : labels.threads.older}
      </button>
      ${problem ? html`<p class="muted" role="alert" dir="auto">${problem(labels)}</p>` : nothing}
    </li>`
  }

  private row(thread: ThreadSummary) {
    const current = thread.threadId === this.current
    if (thread.threadId === this.doomed) return this.confirm(thread)
    const title = words(thread.title) || thread.title
    return html`<li class=${current ? 'current' : ''}>
      <button
        class="open"
        type="button"
        title=${title}
        aria-current=${current ? 'true' : 'false'}
        @click=${() => this.choose(thread.threadId)}
      >
        <span dir="auto">${title}</span>
      </button>
      <button
        class="icon-button"
        type="button"
        aria-label=${labelsOf(this).threads.delete(title)}
        @click=${() => this.ask(thread)}
      >
        ${icons.remove}
      </button>
    </li>`
  }

  private confirm(thread: ThreadSummary) {
    const labels = labelsOf(this)
    const {confirm, confirmLabel, confirmYes} = labels.threads
    return html`<li>
      <keyswitch-confirm
        label=${confirmLabel}
        yes=${confirmYes}
        danger
        @yes=${() => this.delete(thread)}
        @keep=${this.keep}
      >
        <span role="alert" dir="auto">${this.problem?.(labels) ?? confirm}</span>
      </keyswitch-confirm>
    </li>`
  }

  private ask(thread: ThreadSummary): void {
    this.doomed = thread.threadId
    this.problem = null
  }

  private async keep(): Promise<void> {
    const at = this.threads?.findIndex((thread) => thread.threadId === this.doomed) ?? -1
    this.doomed = null
    await this.updateComplete
    this.focusRow(at)
  }

  /** The thread at a place, or the last one before it; the button for a new one if there is none. */
  private focusRow(at: number): void {
    const rows = this.renderRoot.querySelectorAll<HTMLElement>('.open')
    const row = rows[Math.min(at, rows.length - 1)]
    if (row) row.focus()
    else this.focus()
  }

  private choose(threadId: string | null): void {
    this.dispatchEvent(new ChooseThreadEvent(threadId))
  }

  private async delete(thread: ThreadSummary): Promise<void> {
    try {
      await this.client.call('deleteThread', {threadId: thread.threadId})
    } catch (failure) {
      this.problem = (labels) => labels.threads.notDeleted(sentence(failure)(labels))
      return
    }
    const at = this.threads?.indexOf(thread) ?? -1
    this.doomed = null
    this.threads = this.threads?.filter((one) => one.threadId !== thread.threadId) ?? null
    this.dispatchEvent(new ThreadDeletedEvent(thread.threadId))
    await this.updateComplete
    if (thread.threadId === this.current) this.choose(null)
    else this.focusRow(at)
    await this.refresh()
  }

  private async more(): Promise<void> {
    const {client, older} = this
    if (older === null || older.loading) return
    const reading = {...older, loading: true, problem: null}
    this.older = reading
    try {
      const list = await client.call<ThreadList>('listThreads', {pageToken: older.token})
      if (this.older !== reading) return
      this.threads = joined(this.threads ?? [], list.threads)
      this.older = moreThan(list)
    } catch (failure) {
      if (this.older === reading) this.older = {...older, problem: sentence(failure)}
    }
  }

  /** Takes the newest threads in, and keeps the older ones that are shown. */
  private takeIn(newest: ThreadList): void {
    const shown = this.threads ?? []
    const last = shown.findIndex((thread) => thread.threadId === newest.threads.at(-1)?.threadId)
    const kept = last === -1 || newest.nextPageToken === undefined ? [] : shown.slice(last + 1)
    if (kept.length === 0) this.older = moreThan(newest)
    this.threads = joined(newest.threads, kept)
  }
}

/** Both, every thread once. */
function joined(newer: readonly ThreadSummary[], older: readonly ThreadSummary[]): readonly ThreadSummary[] {
  const known = new Set(newer.map((thread) => thread.threadId))
  return [...newer, ...older.filter((thread) => !known.has(thread.threadId))]
}

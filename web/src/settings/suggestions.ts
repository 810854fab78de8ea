import type {ReactiveController, ReactiveControllerHost} from 'lit'
import type {Client} from '../client.js'
import type {Sentence} from '../language/labels.js'
import {Patience} from '../patience.js'
import type {ListedModel, ModelList} from '../protocol.js'

/** Whose models are asked for, and with which key; without one, with the key that would be used. */
export interface Question {
  readonly provider: string
  readonly apiKey?: string
  readonly accountId?: string
}

/** The models a provider lists. Every question takes the place of the one before. */
export class Suggestions implements ReactiveController {
  models: readonly ListedModel[] = []
  /** Where they come from, or why there are none; null while that is not known. */
  note: Sentence | null = null
  looking = false
  private readonly patience = new Patience()
  private asked = 0

  constructor(private readonly host: ReactiveControllerHost) {
    host.addController(this)
  }

  hostDisconnected(): void {
    this.asked++
    this.patience.hurry()
  }

  /** There is nothing to ask yet. */
  clear(): void {
    this.asked++
    this.show([], null, false)
  }

  /**
   * Asks, again and again while Keyswitch cannot be reached.
   *
   * @returns whether the list is there; false if something else has been asked meanwhile
   * @throws CallError if Keyswitch refuses
   */
  async ask(client: Client, question: Question): Promise<boolean> {
    this.clear()
    const asked = this.asked
    this.show([], null, true)
    const wanted = () => asked === this.asked
    try {
      const list = await this.patience.persist(() => client.call<ModelList>('listModels', question), wanted)
      if (list) this.show(list.models, noteOf(list), false)
      return list !== undefined
    } catch (failure) {
      this.show([], null, false)
      throw failure
    }
  }

  /** Says why there are none. */
  explain(note: Sentence): void {
    this.show([], note, false)
  }

  private show(models: readonly ListedModel[], note: Sentence | null, looking: boolean): void {
    this.models = models
    this.note = note
    this.looking = looking
    this.host.requestUpdate()
  }
}

function noteOf({models, source}: ModelList): Sentence {
  return ({modelField}) => {
    if (source === 'registry') return modelField.any
    return models.length === 0 ? modelField.noneListed : modelField.listed(models.length, source)
  }
}

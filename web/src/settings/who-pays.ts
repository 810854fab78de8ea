import type {Labels} from '../language/labels.js'
import type {KeySource} from '../protocol.js'

/** Who pays for an answer, as a sentence. */
export function whoPays(
  config: {readonly keySource: KeySource; readonly keyHint?: string} | null,
  {payer}: Labels,
): string {
  return config?.keySource === 'own' ? payer.own(config.keyHint ?? '') : payer.app
}

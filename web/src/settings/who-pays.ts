import type {KeySource} from '../protocol.js'

/** Who pays for an answer, as a sentence. */
export function whoPays(config: {readonly keySource: KeySource; readonly keyHint?: string} | null): string {
  return config?.keySource === 'own'
    ? `You pay, with your own key ••••${config.keyHint ?? ''}.`
    : 'The app pays, with the default key.'
}

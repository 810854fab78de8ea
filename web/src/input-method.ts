/** Safari sends the key that ends a composition after the end of it, and this code alone tells. */
const HANDLED = 229

/** Keeps the keys that an input method handles from sending forms and from being taken for commands. */
export function leaveToInputMethod(event: KeyboardEvent): void {
  if (!event.isComposing && event.keyCode !== HANDLED) return
  event.stopImmediatePropagation()
  // Browsers send the form of a single-line field by themselves.
  if (event.key === 'Enter') event.preventDefault()
}

/**
 * Copies a text.
 *
 * @returns whether that was allowed; without HTTPS, for instance, it is not
 */
export async function copied(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return false
  }
}

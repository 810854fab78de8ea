/** An id that nobody else has. `crypto.randomUUID` is only for pages that come by HTTPS or from this machine. */
export function newId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

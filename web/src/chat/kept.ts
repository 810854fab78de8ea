interface Stored<Value> {
  /** Whose the values are. */
  readonly owner?: number | undefined
  readonly values: Readonly<Record<string, Value>>
}

/**
 * Values by thread, for one user and as long as the tab is open: a reload does not lose them, and another user does not see
 * them. A page may have no storage; then they are gone when the page is left.
 */
export class Kept<Value> {
  private owner: number | undefined
  /** What the storage did not take. */
  private here: Stored<Value> = {values: {}}

  constructor(private readonly name: string) {}

  /** Says whose the values are from now on; those of others are forgotten. Null if nobody is signed in. */
  belongTo(user: string | null): void {
    this.owner = user === null ? undefined : markOf(user)
    if (user === null || this.read().owner !== this.owner) this.write({})
  }

  get(threadId: string): Value | undefined {
    return this.values[threadId]
  }

  set(threadId: string, value: Value): void {
    this.write({...this.values, [threadId]: value})
  }

  remove(threadId: string): void {
    const {[threadId]: _, ...others} = this.values
    this.write(others)
  }

  private get values(): Stored<Value>['values'] {
    const stored = this.read()
    return stored.owner === this.owner ? stored.values : {}
  }

  private read(): Stored<Value> {
    try {
      const text = sessionStorage.getItem(this.name)
      return text === null ? {values: {}} : (JSON.parse(text) as Stored<Value>)
    } catch {
      return this.here
    }
  }

  private write(values: Stored<Value>['values']): void {
    this.here = {owner: this.owner, values}
    try {
      sessionStorage.setItem(this.name, JSON.stringify(this.here))
    } catch {
      return
    }
  }
}

/** Tells users apart without naming them, for a user may be known by nothing but a token. */
function markOf(user: string): number {
  return [...user].reduce((mark, character) => (Math.imul(mark, 31) + (character.codePointAt(0) ?? 0)) | 0, 0)
}

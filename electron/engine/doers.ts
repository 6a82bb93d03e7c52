/** Who did an act, and when: the person at this computer, or a rule of the program. */
export interface Doer {
  readonly who: string
  readonly at: number
}

export const person = (): Doer => ({ who: 'user', at: Date.now() })
export const rule = (name: string): Doer => ({ who: `rule:${name}`, at: Date.now() })

/** Taking acts back and bringing them back, one after the other, with what they join worked out before. */
import {
  type ActLine,
  actOf,
  dependantsOf,
  irrevocable,
  type RevokeResult,
  redo,
  redoable,
  revoke,
  undo,
  undoable,
} from '../ledger/acts.ts'
import type { PreparedJoins } from '../ledger/prepared-joins.ts'
import { person } from './doers.ts'
import type { Engine } from './engine.ts'
import { cleared, preparedSetting } from './joining.ts'
import type { OpenLedger } from './open-ledger.ts'

export interface Revoking {
  /** Null: there is nothing to undo. */
  undo(): Promise<RevokeResult | null>
  /** Null: there is nothing to redo. */
  redo(): Promise<RevokeResult | null>
  revoke(act: number, confirmed: boolean): Promise<RevokeResult>
}

/**
 * Each is one act, done when everything was worked out. Where another act came first meanwhile, what would be taken back is no
 * longer what a person saw, and nothing is done.
 */
export function createRevoking(engine: Engine): Revoking {
  let before: Promise<unknown> = Promise.resolve()
  const inTurn = <Result>(work: (open: OpenLedger) => Promise<Result>): Promise<Result> => {
    const run = before.then(() => work(engine.opened()))
    before = run.catch(() => {})
    return run
  }
  const done = async (
    { ledger }: OpenLedger,
    target: ActLine,
    live: boolean,
    act: (prepared: PreparedJoins | null) => RevokeResult,
  ): Promise<RevokeResult> => {
    const prepared = target.kind === 'import' ? await preparedSetting(ledger, target.id, live) : null
    const result = act(prepared)
    void cleared(ledger, prepared)
    return result
  }

  return {
    undo: () =>
      inTurn(async (open) => {
        const { ledger } = open
        const target = undoable(ledger)
        if (target === null && irrevocable(ledger) === null) return null
        if (target === null || irrevocable(ledger) !== null) return undo(ledger, person())
        return done(open, target, false, (prepared) =>
          undoable(ledger)?.id === target.id
            ? undo(ledger, person(), prepared)
            : refused('undone', 'is first to be undone'),
        )
      }),
    redo: () =>
      inTurn(async (open) => {
        const { ledger } = open
        const target = redoable(ledger)
        if (target === null) return null
        return done(open, target, true, (prepared) =>
          redoable(ledger)?.id === target.id
            ? redo(ledger, person(), prepared)
            : refused('redone', 'stands in the way'),
        )
      }),
    revoke: (act, confirmed) =>
      inTurn(async (open) => {
        const { ledger } = open
        const target = actOf(ledger, act)
        const isReady = target?.revocable === true && (confirmed || dependantsOf(ledger, act).length === 0)
        if (!isReady) return revoke(ledger, act, confirmed, person())
        return done(open, target, false, (prepared) => revoke(ledger, act, confirmed, person(), prepared))
      }),
  }
}

const refused = (what: string, which: string): RevokeResult => ({
  status: 'refused',
  text: `Something was done meanwhile and ${which}. Nothing was ${what}; look at the list of what was done.`,
})

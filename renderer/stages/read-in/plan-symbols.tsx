import { Button } from '@mantine/core'
import type { FilePlan } from '../../../shared/contract/intake.ts'
import { useAct } from '../../app/acts.tsx'
import styles from './read-in.module.css'

interface PlanSymbolsProps {
  readonly plan: FilePlan
  readonly onReplan: () => void
}

/** Symbols of a file that may stand for several assets: asked here, remembered, and the file is read again with the answer. */
export function PlanSymbols({ plan, onReplan }: PlanSymbolsProps) {
  const act = useAct()
  const { source } = plan
  const symbols = plan.symbols ?? []
  if (symbols.length === 0 || source === null) return null
  const answer = async (symbol: string, asset: string): Promise<void> => {
    const done = await act(
      ({ engine }) => engine.assets.answer({ source, symbol, from: null, to: null, asset, note: '' }),
      () => `${symbol} is ${asset}, here and in later files of this source.`,
    )
    if (done) onReplan()
  }
  return (
    <section className={styles.asks} aria-label="Symbols that are not plain">
      <ul className={styles.evidence}>
        {symbols.map(({ symbol, asset, choices }) => (
          <li key={symbol}>
            <span>
              <strong>{symbol}</strong> may stand for several assets. Which one is it?
            </span>
            <span className={styles.acts}>
              {choices.map((choice) => (
                <Button
                  key={choice}
                  variant="default"
                  size="compact-xs"
                  aria-label={`${symbol} is ${choice}`}
                  onClick={() => void answer(symbol, choice)}
                >
                  {choice === asset ? `${choice}, as read` : choice}
                </Button>
              ))}
            </span>
          </li>
        ))}
      </ul>
      <p className={styles.meta}>It can wait: Sources asks again, for other assets and for some days only, too.</p>
    </section>
  )
}

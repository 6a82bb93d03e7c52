import { Button } from '@mantine/core'
import type { FilePlan } from '../../../shared/contract/intake.ts'
import { counted } from '../../components/words.ts'
import styles from './read-in.module.css'

/** From this many files on the plan is longer than a screen. */
const MANY = 3

/** Of a plan of many files: how many are fine, and the way to each that is not. */
export function PlanSummary({ files }: { readonly files: readonly FilePlan[] }) {
  if (files.length < MANY) return null
  const open = files.flatMap((file) => {
    const why = troubleOf(file)
    return why === null ? [] : [{ file: file.file, why }]
  })
  const fine = files.length - open.length
  return (
    <section className={styles.summary} aria-label="Files to look at">
      <p>
        <strong>{counted(files.length, 'file')}</strong>
        {open.length === 0
          ? ', all of them can be read.'
          : fine === 0
            ? ', each with something to look at:'
            : `, ${fine} of them without a question. To look at:`}
      </p>
      {open.length === 0 ? null : (
        <ul>
          {open.map(({ file, why }) => (
            <li key={file}>
              <Button variant="subtle" size="compact-xs" aria-label={`Go to ${file}`} onClick={() => goToFile(file)}>
                {file}
              </Button>
              <span>{why}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

/** The id of the element that shows a file of the plan. */
export function idOfFile(file: string): string {
  return `plan of ${file}`
}

function goToFile(file: string): void {
  const element = document.getElementById(idOfFile(file))
  element?.scrollIntoView({ block: 'start' })
  element?.focus({ preventScroll: true })
}

function troubleOf(file: FilePlan): string | null {
  if (file.mappable && file.source === null) return 'no reader knows this table'
  if (file.problem !== null) return 'cannot be read'
  if (file.source === null) return 'its source is asked'
  const asked = [
    file.zoneAsked ? 'the zone of its times is asked' : null,
    (file.symbols?.length ?? 0) > 0 ? 'a symbol is asked' : null,
    file.notUnderstood > 0 ? `${counted(file.notUnderstood, 'row')} not understood` : null,
  ].filter((each) => each !== null)
  return asked.length === 0 ? null : asked.join(', ')
}

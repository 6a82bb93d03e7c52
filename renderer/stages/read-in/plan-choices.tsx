import { Checkbox, Text } from '@mantine/core'
import type { FilePlan } from '../../../shared/contract/intake.ts'
import { DataTable } from '../../components/data-table.tsx'
import { counted } from '../../components/words.ts'
import styles from './read-in.module.css'

type Choice = NonNullable<FilePlan['choices']>['differ'][number]

interface PlanChoicesProps {
  readonly plan: FilePlan
  readonly taken: boolean
  readonly onTake: (take: boolean) => void
}

/** Choices of a document that differ from those of this ledger: taken over with the import only when ticked. */
export function PlanChoices({ plan, taken, onTake }: PlanChoicesProps) {
  const { choices } = plan
  if (!choices || choices.differ.length === 0) return null
  return (
    <section className={styles.part} aria-label={`Choices of ${plan.file}`}>
      <Text size="sm" mb="xs">
        It was written with {counted(choices.differ.length, 'choice')} that differ from yours. Yours stay unless you say
        otherwise.
      </Text>
      <DataTable<Choice>
        label="Choices that differ"
        columns={[
          { id: 'what', header: 'Choice', wrap: true, cell: (each) => each.what },
          { id: 'here', header: 'In this ledger', wrap: true, cell: (each) => each.here },
          { id: 'there', header: 'In the document', wrap: true, cell: (each) => each.there },
        ]}
        rows={choices.differ}
        rowKey={(each) => each.what}
      />
      {choices.refused === null ? (
        <Checkbox
          mt="xs"
          size="xs"
          label="Take its choices over, in the same act"
          checked={taken}
          onChange={(event) => onTake(event.currentTarget.checked)}
        />
      ) : (
        <Text size="sm" mt="xs" className={styles.problem ?? ''}>
          They cannot be taken over: {choices.refused}
        </Text>
      )}
    </section>
  )
}

import { SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import styles from './compare.module.css'
import { CompareCountries } from './compare-countries.tsx'
import { CompareMethods } from './compare-methods.tsx'
import { MEASURES, type Measure } from './compare-table.tsx'
import { TaxPage } from './tax-frame.tsx'

/** The same history under other choices, side by side. Nothing is changed by looking. */
export function CompareView() {
  const [what, setWhat] = useState('methods')
  const [measure, setMeasure] = useState<Measure>('taxable')
  return (
    <TaxPage
      title="Compare"
      why="The same records under another method, or under another country’s rules. Looking changes nothing."
    >
      <div className={styles.tools}>
        <SegmentedControl
          aria-label="What is compared"
          size="xs"
          value={what}
          onChange={setWhat}
          data={[
            { value: 'methods', label: 'Methods' },
            { value: 'countries', label: 'Countries' },
          ]}
        />
        <SegmentedControl
          aria-label="Which figure"
          size="xs"
          value={measure}
          onChange={(next) => {
            const known = MEASURES.find(({ id }) => id === next)
            if (known) setMeasure(known.id)
          }}
          data={MEASURES.map(({ id, label }) => ({ value: id, label }))}
        />
      </div>
      {what === 'methods' ? <CompareMethods measure={measure} /> : <CompareCountries measure={measure} />}
    </TaxPage>
  )
}

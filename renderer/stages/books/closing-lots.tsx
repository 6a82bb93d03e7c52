import { Button } from '@mantine/core'
import { say, sayFailure } from '../../app/acts.tsx'
import { useClients } from '../../app/client.ts'
import { base64Of, keepFile } from '../../app/keep-file.ts'
import { goTo } from '../../app/screens.ts'
import { Section } from '../../components/page.tsx'
import styles from './books.module.css'

/** The columns of the template: one line for each lot that was left. */
const TEMPLATE = 'asset,account,amount,acquired,cost,currency,as of\r\n'

/** For whom another program has filed the years before: the lots that it left are where these books begin. */
export function ClosingLots() {
  const clients = useClients()
  const keep = async (): Promise<void> => {
    try {
      const base64 = base64Of(new TextEncoder().encode(TEMPLATE))
      const name = await keepFile(clients, { fileName: 'opening-lots.csv', mediaType: 'text/csv', base64 })
      if (name !== null) say(`Saved as ${name}. Fill in one line for each lot, then read it in.`)
    } catch (error) {
      sayFailure(error)
    }
  }
  return (
    <Section
      title="Years that were filed elsewhere"
      note="Start from the closing lots of another tool: no year before has to be rebuilt."
    >
      <div className={styles.ask}>
        <Button variant="default" onClick={() => goTo('/read-in')}>
          Read in closing lots
        </Button>
        <Button variant="subtle" onClick={() => void keep()}>
          Save the template
        </Button>
      </div>
      <p>
        Export what the other tool shows as left at the end of the last year filed, with the day and the cost of each
        lot. Its own columns are known or mapped once; or fill in the template. Then leave out the transactions of those
        years.
      </p>
    </Section>
  )
}

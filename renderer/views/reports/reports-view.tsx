import { Button, Select, Text } from '@mantine/core'
import { useState } from 'react'
import { EXPORT_FORMAT_NAMES, EXPORT_FORMATS, type ExportFormat } from '../../../shared/contract/export-formats.ts'
import type { ReportEntry } from '../../../shared/contract/tax.ts'
import { say, sayFailure } from '../../app/acts.tsx'
import { useClients } from '../../app/client.ts'
import { keepFile } from '../../app/keep-file.ts'
import { useRead } from '../../app/queries.ts'
import { useTaxYear } from '../../app/session.ts'
import { Loaded, Page, Section } from '../../components/page.tsx'
import { ReportPreview } from './report-preview.tsx'
import styles from './reports.module.css'
import { showReport, useShownReport } from './shown-report.ts'

type Format = ReportEntry['formats'][number]
const FORMAT_NAMES: Record<Format, string> = {
  pdf: 'PDF',
  csv: 'CSV',
  xlsx: 'Excel',
  json: 'JSON',
  txf: 'TXF',
  sru: 'BLANKETTER.SRU',
  'sru-info': 'INFO.SRU',
}

/** The forms of the chosen year: looked at here, kept as files. */
export function ReportsView() {
  const clients = useClients()
  const [year] = useTaxYear()
  const shown = useShownReport()
  const [busy, setBusy] = useState<string | null>(null)
  const [leaveAs, setLeaveAs] = useState<ExportFormat>('json')
  const reports = useRead({
    topics: ['session', 'filings', 'tax', 'events', 'batches', 'decisions', 'transfers', 'prices'],
    name: 'reports.list',
    read: ({ engine }, signal) => engine.reports.list(undefined, { signal }),
  })
  const keep = async (
    key: string,
    render: () => Promise<{ fileName: string; mediaType: string; base64: string }>,
  ): Promise<void> => {
    setBusy(key)
    try {
      const name = await keepFile(clients, await render())
      if (name !== null) say(`Saved as ${name}.`)
    } catch (error) {
      sayFailure(error)
    }
    setBusy(null)
  }
  return (
    <Page
      title="Reports"
      why="Every figure of a form leads back to the rows it came from. What you save is no longer encrypted."
    >
      <Loaded of={reports}>
        {(list) => (
          <div className={styles.list}>
            {list.map((report) => {
              const offered = report.years.includes(year)
              const formats = report.formatsByYear.find((each) => each.year === year)?.formats ?? []
              return (
                <article
                  key={report.id}
                  className={styles.report}
                  data-open={shown === report.id || undefined}
                  aria-label={report.title}
                >
                  <span className={styles.name}>{report.title}</span>
                  <span className={styles.about}>
                    {offered ? report.about : `${report.about} There is nothing for ${year}.`}
                  </span>
                  <span className={styles.acts}>
                    <Button
                      variant="default"
                      disabled={!offered}
                      aria-label={`Look at ${report.title}`}
                      aria-expanded={shown === report.id}
                      onClick={() => showReport(shown === report.id ? null : report.id)}
                    >
                      Look
                    </Button>
                    {formats.map((format) => (
                      <Button
                        key={format}
                        variant="default"
                        disabled={!offered}
                        loading={busy === `${report.id} ${format}`}
                        aria-label={`Save ${report.title} as ${FORMAT_NAMES[format]}`}
                        onClick={() =>
                          void keep(`${report.id} ${format}`, () =>
                            clients.engine.reports.render({ form: report.id, year, format }),
                          )
                        }
                      >
                        {FORMAT_NAMES[format]}
                      </Button>
                    ))}
                  </span>
                </article>
              )
            })}
          </div>
        )}
      </Loaded>
      {shown === null ? null : <ReportPreview key={`${shown} ${year}`} form={shown} year={year} />}
      <Section title="Leave with everything">
        <Text c="dimmed" mb="xs">
          All accounts and events, to check the arithmetic elsewhere or to leave: in our own open format, which also
          keeps the prices and loses nothing, or as another program reads it.
        </Text>
        <div className={styles.leave}>
          <Select
            label="Written for"
            data={EXPORT_FORMATS.map((value) => ({ value, label: EXPORT_FORMAT_NAMES[value] }))}
            value={leaveAs}
            onChange={(value) => setLeaveAs((value ?? 'json') as ExportFormat)}
            allowDeselect={false}
          />
          <Button
            variant="default"
            loading={busy === 'all'}
            onClick={() => void keep('all', () => clients.engine.reports.exportAll({ format: leaveAs }))}
          >
            Save everything
          </Button>
        </div>
      </Section>
    </Page>
  )
}

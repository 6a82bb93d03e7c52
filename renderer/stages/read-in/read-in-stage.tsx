import { Alert, Button, Progress } from '@mantine/core'
import { Dropzone } from '@mantine/dropzone'
import { useFileDialog } from '@mantine/hooks'
import { useEffect, useRef } from 'react'
import { useClients } from '../../app/client.ts'
import { goTo } from '../../app/screens.ts'
import { LOCALE } from '../../app/session.ts'
import { useStage } from '../../app/stages.ts'
import { Page } from '../../components/page.tsx'
import { sizeText } from '../../components/size-text.ts'
import { BatchList } from './batch-list.tsx'
import { clearFailure, discardIntake, type Intake, readIn, useIntake } from './intake-store.ts'
import { useMapping } from './mapping/mapping-store.ts'
import { MappingView } from './mapping/mapping-view.tsx'
import { PlanView } from './plan-view.tsx'
import styles from './read-in.module.css'
import { RecipeList } from './recipe-list.tsx'

/** Stage 2: files in, a preview that is the plan, and the batches read in so far. */
export function ReadInStage() {
  const clients = useClients()
  const { intake, failure } = useIntake()
  const stage = useStage('read-in')
  const mapped = useMapping()
  const folder = useFileDialog({
    directory: true,
    resetOnOpen: true,
    onChange: (files) => void readIn(clients, [...(files ?? [])]),
  })
  const top = useRef<HTMLDivElement>(null)
  const batch = intake?.batch ?? null
  useEffect(() => {
    if (batch === null || top.current === null) return
    top.current.scrollIntoView({ block: 'start' })
    if (document.activeElement === document.body) top.current.focus({ preventScroll: true })
  }, [batch])
  if (mapped && intake?.phase === 'planned' && intake.batch === mapped.batch)
    return <MappingView key={`${mapped.batch} ${mapped.file}`} mapped={mapped} />
  return (
    <Page
      title="Read-in"
      why={stage?.why ?? 'Drop the exports of every place. You see what each file would add before anything is added.'}
      actions={
        intake === null ? (
          <>
            <Button variant="default" onClick={folder.open}>
              Choose a folder…
            </Button>
            {stage !== null && stage.state !== 'empty' ? (
              <Button onClick={() => goTo('/transfers')}>On to transfers</Button>
            ) : null}
          </>
        ) : null
      }
    >
      {failure ? (
        <Alert color="red" mb="md" withCloseButton onClose={clearFailure} title="Not read in" closeButtonLabel="Close">
          {failure}
        </Alert>
      ) : null}
      <div ref={top} tabIndex={-1} className={styles.top}>
        {intake === null ? (
          <Dropzone
            className={styles.drop ?? ''}
            unstyled
            onDrop={(files) => void readIn(clients, files)}
            inputProps={{ 'aria-label': 'Files to read in' }}
            aria-label="Drop files here, or choose them"
          >
            <div className={styles.dropTitle}>Drop files here, or choose them</div>
            <div className={styles.dropAbout}>
              CSV, XLSX, JSON or ZIP, as the venue wrote them, or a whole folder. They are recognised by their header,
              not by their name.
            </div>
          </Dropzone>
        ) : intake.phase === 'sending' ? (
          <Sending intake={intake} />
        ) : (
          <PlanView batch={intake.batch} />
        )}
      </div>
      <BatchList />
      <RecipeList />
    </Page>
  )
}

function Sending({ intake }: { readonly intake: Intake }) {
  const clients = useClients()
  return (
    <section className={styles.sending} aria-label="Reading the files" aria-live="polite">
      {intake.files.map((file) => (
        <div key={file.name} className={styles.sendingFile}>
          <span>{file.name}</span>
          <span className={styles.meta}>
            {sizeText(file.sent, LOCALE)} of {sizeText(file.bytes, LOCALE)}
          </span>
          <Progress
            size={4}
            value={file.bytes === 0 ? 100 : (file.sent / file.bytes) * 100}
            aria-label={`${file.name}, sent to the engine`}
          />
        </div>
      ))}
      <div>
        <Button variant="default" onClick={() => void discardIntake(clients)}>
          Cancel
        </Button>
      </div>
    </section>
  )
}

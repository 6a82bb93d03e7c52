import { Dropzone } from '@mantine/dropzone'
import { useClients } from '../../app/client.ts'
import { goTo } from '../../app/screens.ts'
import { readIn, useIntake } from './intake-store.ts'
import styles from './read-in.module.css'

/** Files dropped on any screen are read in. */
export function DropAnywhere() {
  const clients = useClients()
  const { intake } = useIntake()
  return (
    <Dropzone.FullScreen
      active={intake === null}
      onDrop={(files) => {
        goTo('/read-in')
        void readIn(clients, files)
      }}
      inputProps={{ 'aria-label': 'Files to read in' }}
    >
      <div className={styles.dropOver}>Drop the files to see what would be read in. Nothing is added yet.</div>
    </Dropzone.FullScreen>
  )
}

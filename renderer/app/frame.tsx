import { Outlet } from '@tanstack/react-router'
import { useEffect } from 'react'
import { DropAnywhere } from '../stages/read-in/drop-anywhere.tsx'
import { useClients } from './client.ts'
import { Keyboard } from './keyboard.tsx'
import { followJobs } from './live.ts'
import { Palette } from './palette.tsx'
import { Rail } from './rail.tsx'
import styles from './shell.module.css'
import { TraceDrawer } from './trace-drawer.tsx'
import { useTrace } from './trace-store.ts'

/** Left rail, middle, and the trace drawer when a figure was asked. */
export function Frame() {
  const clients = useClients()
  const trace = useTrace()
  useEffect(() => followJobs(clients), [clients])
  return (
    <div className={`${styles.frame} ${trace.open ? styles.traced : ''}`}>
      <button type="button" className={styles.skip} onClick={() => document.getElementById('middle')?.focus()}>
        Skip to the content
      </button>
      <Rail />
      <main className={styles.middle} id="middle" tabIndex={-1}>
        <Outlet />
      </main>
      {trace.open ? <TraceDrawer /> : null}
      <Keyboard />
      <Palette />
      <DropAnywhere />
    </div>
  )
}

import { Page, Section } from '../../components/page.tsx'
import { ProfileForm } from '../../stages/books/profile-form.tsx'
import { RecoveryCard } from '../../stages/books/recovery-card.tsx'
import { Appearance } from './appearance.tsx'
import { BackupCard } from './backup-card.tsx'
import { History } from './history.tsx'
import { KeyCard } from './key-card.tsx'

/** Profile, keys, backup, look, and the history of acts. */
export function SettingsView() {
  return (
    <Page title="Settings">
      <Section title="Profile">
        <ProfileForm />
      </Section>
      <Section title="Passphrase and keychain">
        <KeyCard />
      </Section>
      <Section title="Recovery sheet">
        <RecoveryCard />
      </Section>
      <Section title="Backup">
        <BackupCard />
      </Section>
      <Section title="Look and lock">
        <Appearance />
      </Section>
      <Section title="History" note="Everything you decided or read in, newest first. Each act can be taken back.">
        <History />
      </Section>
    </Page>
  )
}

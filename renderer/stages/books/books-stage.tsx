import { Button } from '@mantine/core'
import { goTo } from '../../app/screens.ts'
import { useSession } from '../../app/session.ts'
import { useStage } from '../../app/stages.ts'
import { Page, Section } from '../../components/page.tsx'
import { ClosingLots } from './closing-lots.tsx'
import { ProfileForm } from './profile-form.tsx'
import { RecoveryCard } from './recovery-card.tsx'

/** Stage 0: whose books these are, how the law counts, and the recovery sheet. */
export function BooksStage() {
  const session = useSession()
  const stage = useStage('books')
  return (
    <Page
      title="Your books"
      why={stage?.why ?? 'Country, year and method decide what every later figure means.'}
      actions={
        <Button variant={session.recoveryConfirmed ? 'filled' : 'default'} onClick={() => goTo('/sources')}>
          On to sources
        </Button>
      }
    >
      <ProfileForm />
      <Section
        title="What the law asks about you"
        note="Filing status, gains outside these books, losses from earlier years, another method from a day on."
      >
        <Button variant="default" onClick={() => goTo('/tax/you')}>
          About you
        </Button>
      </Section>
      <ClosingLots />
      <Section title="Recovery sheet">
        <RecoveryCard />
      </Section>
    </Page>
  )
}

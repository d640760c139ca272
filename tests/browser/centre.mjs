// A women's centre in the loop: an author and a centre, each at a browser of her own at the
// same time. Asked, answered, signed, taken into the proposal; then another centre's copy
// of her is closed while it is being read.

import { readFileSync } from 'node:fs'

import { journey } from './lib.mjs'
import { signIn } from './sign-in.mjs'

const DAY = 86_400_000
const inDays = (days) => new Date(Date.now() + days * DAY).toISOString().slice(0, 10)
const SECRET = 'Her sister rang us in confidence about the flat.'

await journey(async (author) => {
  const centre = await author.beside()
  await signIn(author, 'sam@example.org')
  await signIn(centre, 'noor@alana.example')
  await centre.isAt('Referrals to your centre')
  await centre.axe('inbox, nothing in it')

  await author.follow('Import a case file')
  const angela = JSON.parse(readFileSync('tests/cases/angela.json', 'utf8'))
  angela.hearing.date = inDays(21)
  const buffer = Buffer.from(JSON.stringify(angela))
  await author.page.getByLabel('Case file').setInputFiles({ name: 'angela.json', mimeType: 'application/json', buffer })
  await author.press('Import')
  const home = new URL(author.page.url()).pathname

  await author.open(`${home}/referrals`)
  await author.isAt('Ask a women’s centre to assess her')
  await author.axe('centres to ask')
  await author.follow(/^Refer her to Alana House/)
  await author.axe('a referral to be written')
  await author.expecting(422, async () => {
    await author.press('See what the centre will read')
    await author.axe('a referral without consent')
  })
  await consent(author)
  await author.fill('What may be shared, and what may not', 'All but what the police said.')
  await author.fill('Your telephone and email at the office: what is sent', '0118 496 0000')
  await author.fill('Why you ask: what is sent', 'The court wants to know what you could offer.')
  await author.press('See what the centre will read')
  await author.isAt(/^What .* will read$/)
  await author.axe('what the centre will read')
  await author.choose('She has agreed that this centre is told this')
  const keptOff = author.page.getByLabel('She agrees that the centre reads them too, and it needs them')
  if (await keptOff.count()) await keptOff.check()
  await author.press('Send to the centre')
  await author.axe('a referral sent')
  const hers = author.page.url()

  await centre.open('/centre')
  await centre.axe('inbox, one to answer')
  await centre.follow('Angela Hart')
  await centre.axe('a referral, new')
  await centre.expecting(422, async () => {
    await centre.press('Decline')
    await centre.axe('declined without a reason')
  })
  await centre.fill('Your question or message to the author', 'Which days suit her?')
  await centre.press('Send to the author')
  await author.open(hers)
  await author.sees('Which days suit her?')
  await author.axe('a question asked')
  await author.fill('Write to the centre', 'Tuesdays after one.')
  await author.press('Send to the centre')
  await centre.press('Accept')
  await centre.sees('Tuesdays after one.')
  await centre.axe('a referral, accepted')

  await centre.follow('Write the assessment')
  await centre.axe('an assessment not begun')
  await centre.fillDate('Day you met her', inDays(-1))
  await centre.choose('At the centre')
  await centre.fill('Her goals, in her own words', 'I want to keep my home.')
  await centre.fill('What is offered (1)', 'Money and debt group')
  await centre.choose('Women only', 'With whom (1)')
  await centre.choose('Tuesday', 'Days (1)')
  await centre.fill('From (1)', 'one o’clock or so')
  await centre.fill('To (1)', '3pm')
  await centre.fill('For how many weeks (1)', '6')
  await centre.fillDate('Her place is held until (1)', inDays(30))
  await centre.fill(/^For the author and not for the court/, SECRET)
  await centre.expecting(422, async () => {
    await centre.press('Check before you sign')
    await centre.axe('an assessment with mistakes')
  })
  await centre.fill('From (1)', '1pm')
  await centre.choose('Yes', 'Does what you offer suit her?')
  await centre.fill('Your role at the centre', 'Keyworker')
  await centre.press('Check before you sign')
  await centre.isAt('Check and sign the assessment')
  await centre.axe('an assessment to be signed')
  await centre.page.getByRole('main').getByRole('checkbox').check()
  await centre.press('Sign')
  await centre.axe('an assessment signed')

  await author.open(hers)
  await author.sees('I want to keep my home.')
  await author.axe('a reply, not in the report yet')
  await author.press('Bring it into the report')
  await author.axe('a reply in the report')
  await author.choose(/^Take it into the proposal/)
  await author.page.getByLabel(/^Requirement 1/).first().check()
  await author.press('Save: Money and debt group')
  await author.hasNoErrors('Save: Money and debt group')
  await author.open(`${home}/draft`)
  await author.sees(/was assessed by Alana House/)
  await author.seesNothingOf(SECRET)
  await author.open(`${home}/proposal/week`)
  await author.page.locator('td', { hasText: '13:00 to 15:00' }).first().waitFor()
  await author.axe('her week, with what the centre offers')

  // She changes her mind while the centre reads about her.
  await centre.open('/centre')
  await centre.follow('Angela Hart')
  await author.open(hers)
  await author.press('Withdraw her consent and stop sharing')
  await author.axe('consent withdrawn')
  await centre.page.reload()
  await centre.seesNothingOf('Angela')
  await centre.isAt('A referral that is closed')
  await centre.axe('a referral that is closed')
  await centre.open('/centre')
  await centre.seesNothingOf('Angela')
  await centre.axe('inbox, only what is closed')
})

async function consent(author) {
  await author.fillDate('Day she agreed', inDays(-2))
  await author.choose('In writing')
  await author.fillDate('Her consent lasts until', inDays(40))
  await author.fillDate('The centre is asked to reply by', inDays(7))
}

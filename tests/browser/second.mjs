// A report checked by a second person: asked, sent back, mended, approved, signed, added
// to; with the quality check and the timeline on the way.

import { journey, told } from './lib.mjs'

const SAM = 'sam@example.org'
const NOOR = 'noor@example.org'

await journey(async (author) => {
  await signIn(author, SAM)
  await author.follow('Import a case file')
  await author.page.getByLabel('Case file').setInputFiles('tests/cases/angela.json')
  await author.press('Import')
  const home = new URL(author.page.url()).pathname
  const check = home.replace('/reports/', '/checks/')

  await author.open(`${home}/quality`)
  await author.isAt('Quality check')
  await author.axe('quality check')
  await author.open(`${home}/review`)
  await author.axe('nobody asked yet')
  await author.expecting(422, async () => {
    await author.fill('Name or email address of your colleague', 'nobody at all')
    await author.press('Ask for a check')
    await author.axe('a colleague who is not there')
  })
  await author.fill('Name or email address of your colleague', 'Noor Senior')
  await author.fill('What you would like looked at (optional)', 'The risk section, please.')
  await author.press('Ask for a check')
  await author.sees('Being checked')
  await author.axe('being checked')

  await signIn(author, NOOR)
  await author.sees('Reports you were asked to check')
  await author.axe('my reports, with one to check')
  await author.follow('Angela Hart')
  await author.isAt(/^Check the report on/)
  await author.openEverything()
  await author.axe('the report, to be checked')
  await author.follow('Quality check')
  await author.axe('quality check, for whoever checks')
  await author.open(check)
  await author.expecting(422, async () => {
    await author.press('Return it to its author')
    await author.axe('returned without a word')
  })
  await author.fill('What you say about this section: Risk', 'Say how soon.')
  await author.press('Return it to its author')
  await author.sees(/^You sent this report back/)
  await author.axe('sent back')

  await signIn(author, SAM)
  await author.open(home)
  await author.sees('Noor Senior sent this report back.')
  await author.open(`${home}/draft`)
  await author.sees('Say how soon.')
  await author.axe('draft, sent back')
  await author.press(/^Mark as done/)
  // The tag on the comment: the word stands in folded advice too.
  await author.page.locator('.foreword-said__one .govuk-tag', { hasText: 'Done' }).first().waitFor()
  await author.open(`${home}/sign`)
  await author.axe('to be signed, sent back')
  await author.open(`${home}/review`)
  await author.axe('check, sent back')
  await author.fill('Name or email address of your colleague', NOOR)
  await author.press('Ask for a check')

  await signIn(author, NOOR)
  await author.open(check)
  await author.press('Approve it as it stands')
  await author.sees(/^You approved this report/)

  await signIn(author, SAM)
  await author.open(`${home}/sign`)
  await author.sees(/^Noor Senior approved this report/)
  await author.choose('I sign with these points open, and can say why in court')
  await author.choose('I have read the whole report as it stands, and I sign it as its author')
  await author.press('Sign the report')
  await author.sees(/^Checked by Noor Senior on/)
  await author.follow('Write an addendum')
  await author.axe('addendum')
  await author.expecting(422, async () => {
    await author.press('Sign the addendum')
    await author.axe('addendum, nothing typed')
  })
  await author.fill('Why you are adding to it', 'A reply that came after signing.')
  await author.fill('What it adds', 'The police replied.\n\nNothing in it changes the proposal.')
  await author.choose('I have read this addendum as it stands, and I sign it as its author')
  await author.press('Sign the addendum')
  await author.axe('signed, with an addendum')
  await author.download(/^Word document/, 'addendum.docx')
  await author.open(`${home}/timeline`)
  await author.sees('Signed an addendum')
  await author.axe('what has happened')
})

async function signIn(author, email) {
  await author.open('/sign-in')
  const out = author.page.getByRole('button', { name: 'Sign out' })
  if ((await out.count()) > 0) {
    await author.press('Sign out')
    await author.open('/sign-in')
  }
  await author.fill('Email address', email)
  await author.fill('Password', told().password)
  await author.press('Sign in')
  await author.isAt('My reports')
}

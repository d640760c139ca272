// Records duty: an author and two administrators, each at a browser of her own. A hold that
// the author sees; a report that one administrator asks to be erased and another erases. On
// the way, the pages of accounts, of a second step, and of what an author waits for.

import { journey } from './lib.mjs'
import { signIn } from './sign-in.mjs'

await journey(async (author) => {
  const ada = await author.beside()
  const bea = await author.beside()
  await signIn(author, 'sam@example.org')
  await signIn(ada, 'ada@example.org')
  await signIn(bea, 'bea@example.org')

  await author.follow('Import a case file')
  await author.page.getByLabel('Case file').setInputFiles('tests/cases/angela.json')
  await author.press('Import')
  const home = new URL(author.page.url()).pathname
  const record = home.replace('/reports/', '/records/')
  for (const [address, label] of [['/replies', 'nothing awaited'], ['/account', 'her account'], ['/account/second-step', 'second step, off']]) {
    await author.open(address)
    await author.axe(label)
  }
  await author.press('Set it up')
  await author.axe('second step, begun')
  await author.expecting(422, async () => {
    await author.press('Turn it on')
    await author.axe('second step, no code')
  })
  await author.press('Leave it off')

  for (const address of ['/accounts', '/accounts/new', '/accounts/teams', '/records', '/audit', '/openings', '/area']) {
    await ada.open(address)
    await ada.axe(address)
  }
  await ada.open(record)
  await ada.seesNothingOf('Angela')
  await ada.axe('a report, as records duty knows it')
  await ada.expecting(422, async () => {
    await ada.press('Set a hold')
    await ada.axe('a hold without a reason')
  })
  await ada.fill('Why must it be kept?', 'A complaint is open.')
  await ada.fillDate('When is the hold to be looked at again?', `${new Date().getFullYear() + 1}-03-01`)
  await ada.press('Set a hold')
  await ada.sees('A hold stands: this report cannot be erased, by anybody.')
  await ada.axe('a report that is held')
  await author.open(home)
  await author.sees('A complaint is open.')
  await author.axe('a held report, for its author')
  await ada.fill('Why is it lifted?', 'The complaint is closed.')
  await ada.press('Lift the hold')

  await ada.choose('It was opened in error')
  await ada.press('Ask for it to be erased')
  await ada.sees('Another administrator has to confirm it.')
  await ada.axe('a report that is asked to be erased')
  await bea.open('/records')
  await bea.axe('a request that waits')
  await bea.open(record)
  await bea.expecting(422, async () => {
    await bea.fill('Type the number of the report to erase it', 'abcdefgh')
    await bea.press('Erase the report')
    await bea.axe('erased by another number')
  })
  const number = (await bea.heading()).replace('Report ', '')
  await bea.fill('Type the number of the report to erase it', number)
  await bea.press('Erase the report')
  await bea.sees(/^This report was erased/)
  await bea.axe('a report that was erased')
  await bea.open('/records')
  await bea.axe('records, with one erased')
  await author.expecting(410, async () => {
    await author.open(home)
    await author.seesNothingOf('Angela')
    await author.axe('an erased report, for its author')
  })
})

// How a prompt is asked, in every state of its page: the room before it, the record it
// is known from, one more source, whom it is passed to, the frameworks behind it.

import { journey, told } from './lib.mjs'

const account = { name: 'Rosalind Achebe', email: 'rosalind@example.org', password: 'three calm words and a kettle' }

await journey(async (author) => {
  const home = await ownReport(author)
  // What is saved as it is typed may be refused while its page is half filled.
  author.expectedStatus.add(422)
  await theRoom(author, home)
  await knownFromARecord(author, home)
  await oneMoreSource(author, home)
  await passedOn(author, home)
  await aTheme(author, home)
  await notNow(author, home)
  await author.open('/themes')
  await author.axe('the frameworks side by side')
})

async function ownReport(author) {
  await author.open(told()['set-up'])
  await author.fill('Your name', account.name)
  await author.fill('Email address', account.email)
  await author.fill('Password', account.password)
  await author.press('Make my account')
  await author.follow('Start a report')
  await author.fill('Her first name', 'Ann')
  await author.fill('Her last name', 'Example')
  await author.choose('Short format (fast delivery)')
  await author.press('Start')
  return author.page.url()
}

async function theRoom(author, home) {
  await author.follow('Abuse and safety')
  await author.isAt('Check the room before you ask')
  await author.axe('before a sensitive section')
  await author.follow('The room is safe: go on')
  await author.isAt('Has anybody abused or controlled her?')
  await author.axe('a sensitive prompt')
  await author.open(`${home}/sections/safety`)
  await author.axe('a sensitive section, nothing answered')
}

async function knownFromARecord(author, home) {
  await author.open(`${home}/prompts/abuse-victim`)
  const record = author.page.getByLabel('Which record?')
  const seen = await record.isVisible()
  if (seen === author.run.javascript) throw new Error(`the record's fields are ${seen ? 'shown' : 'hidden'} before it is chosen`)
  await author.choose('Already known from a record, so she need not tell it again')
  if (!(await record.isVisible())) throw new Error('the record is not asked for where it is chosen')
  await author.axe('known from a record')
  await author.page.getByRole('group', { name: 'Has she experienced abuse?' }).getByLabel('Yes', { exact: true }).check()
  await author.press('Save and continue')
  await author.axe('known from a record, without one')
  await author.page.getByLabel('What kind of record?').selectOption('police')
  await record.fill('Call-out log')
  await author.choose('The date of the record is not known')
  await author.saveAndContinue()
}

async function oneMoreSource(author, home) {
  await author.open(`${home}/prompts/meeting`)
  await author.openEverything()
  await author.axe('a source row, open')
  const first = author.page.getByRole('group', { name: 'Source 1', exact: true })
  await first.getByLabel('Kind of source').selectOption('police')
  await first.getByLabel('Which document, person or record').fill('Crime report')
  await author.press('Add one more source')
  const second = author.page.getByRole('group', { name: 'Source 2', exact: true })
  if (!(await second.isVisible())) throw new Error('the row that was asked for is not shown')
  await author.axe('one more source')
  await author.page.getByLabel('Place').fill('Court cells')
  await author.page.getByLabel('In person').check()
  // Enter in a field saves; it does not add a row.
  await Promise.all([author.page.waitForNavigation(), author.page.getByLabel('Place').press('Enter')])
  if (author.where().endsWith('/meeting')) throw new Error('Enter in a field did not save')
  await author.open(`${home}/prompts/meeting`)
  // What the report names once is a tick from then on.
  const named = author.page.getByLabel('Police information: Crime report')
  if (!(await named.isChecked())) throw new Error('the source that was added is not ticked')
  await author.axe('a source that is ticked')
}

async function passedOn(author, home) {
  await author.open(`${home}/prompts/abuser-details`)
  await author.sees('never exported, unless you choose otherwise')
  await author.page.locator('main textarea').first().fill('A name.')
  await author.choose('Pass it on')
  await author.axe('to pass on')
  await author.press('Save and continue')
  await author.axe('to pass on, without a name')
  await author.fill('Who has to be told, or was told', 'Duty manager')
  await author.saveAndContinue()
}

async function aTheme(author, home) {
  await author.open(`${home}/prompts/need-finance`)
  const how = author.page.getByLabel('How it is linked, or why it still matters')
  if ((await how.isVisible()) === author.run.javascript) throw new Error('how it is linked is asked at the wrong moment')
  await author.page.getByRole('group', { name: 'Is it linked to the offending?' }).getByLabel('Yes').check()
  await how.fill('She stole food.')
  await author.axe('a theme')
  await author.follow('Enough for now: say where it comes from, and save')
  await author.page.locator('#hers').check()
  await author.page.getByLabel('Low', { exact: true }).check()
  await author.saveAndContinue()
}

async function notNow(author, home) {
  await author.open(`${home}/sections/safety/before`)
  await author.press('Not now: no time')
  await author.isAt('Abuse and safety')
  await author.sees('Known from a record')
  await author.sees('To pass on: still to do')
  await author.sees('Not asked: there was no time')
  await author.axe('a section in every state')
  await author.open(`${home}/sections/safety/before`)
  await author.axe('before a section, settled')
  await author.press('Open them again')
  await author.axe('before a section, opened again')
}

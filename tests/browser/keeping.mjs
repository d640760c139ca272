// A directory editor keeps her organisation's entries: the worklist, “Still right?”, the
// whole entry with errors and without, two windows at once, a new entry that may be
// there already, the history; each state looked at with axe.

import { journey, told } from './lib.mjs'

await journey(async (editor) => {
  await editor.open('/sign-in')
  await editor.fill('Email address', 'eve@example.org')
  await editor.fill('Password', told().password)
  await editor.press('Sign in')
  await editor.isAt('My entries')
  await editor.axe('my entries')

  await check(editor)
  await change(editor)
  await twoWindows(editor)
  await addAnother(editor)

  await editor.open('/directory/mine')
  await editor.follow(/^History\s+of Hope Street$/)
  await editor.isAt('History of this entry')
  await editor.sees('As it came with Foreword')
  await editor.axe('history')

  await closed(editor)
  await onAPhone(editor)
  await elsewhere(editor)
})

/** What the one-minute page is for: a number, a notice, one button. */
async function check(editor) {
  await editor.follow('Hope Street')
  await editor.isAt('Still right?')
  await editor.axe('still right?')
  await editor.choose('Not for now', 'Are you taking referrals?')
  await editor.choose('Some', 'Places free')
  await editor.expecting(422, async () => {
    await editor.press('Yes, all of this is still right')
    await editor.axe('still right?, with an error')
  })
  const errors = await editor.errors()
  if (errors.join() !== 'Enter how many places are free') throw new Error(`said instead: ${errors}`)
  await editor.fill('How many', '2')
  await editor.fill('A notice for report authors', 'No crèche until January.')
  await editor.fill('Usual wait, in days', '14')
  await editor.press('Yes, all of this is still right')
  await editor.isAt('My entries')
  await editor.sees('marked as checked today')
  await editor.sees('No crèche until January.')
  await editor.sees('Not due yet')
  await editor.axe('my entries, one checked')

  // The Enter key sends what was typed, and confirms nothing.
  await editor.follow(/CRS women's delivery partner/)
  await editor.page.getByLabel('Usual wait, in days').fill('7')
  await Promise.all([
    editor.page.waitForURL(/done=saved/),
    editor.page.getByLabel('Usual wait, in days').press('Enter')
  ])
  await editor.sees('Overdue')
}

/** The whole entry. */
async function change(editor) {
  await editor.open('/directory/mine')
  await editor.follow(/^Change\s+Hope Street$/)
  await editor.isAt('Change Hope Street')
  await editor.axe('the whole entry')
  await editor.openEverything()
  await editor.axe('the whole entry, everything open')
  await editor.fill('What it does', 'A house where women live with their children, <with> a garden.')
  await editor.choose('Yes', 'Step-free access')
  await editor.choose('No', 'Hearing loop')
  await editor.fill('Youngest age', '-18')
  await editor.choose('Tuesday', 'Days (1)')
  await editor.fill('From (1)', 'tenish')
  await editor.fillDate('The last day it is paid for (1)', '2027-02-30')
  await editor.expecting(422, async () => {
    await editor.press('Save')
    await editor.openEverything()
    await editor.axe('the whole entry, with errors')
  })
  const errors = await editor.errors()
  if (errors.length !== 3) throw new Error(`expected three errors: ${errors.join(' | ')}`)
  await editor.fill('Youngest age', '18')
  await editor.fill('From (1)', '10am')
  await editor.fill('To (1)', '1pm')
  await editor.fill('What happens then (1)', 'Women’s group')
  await editor.fillDate('The last day it is paid for (1)', '2027-03-31')
  await editor.press('Save')
  await editor.hasNoErrors('the whole entry')
  await editor.sees('Report authors see it as it is now')
  await editor.follow('Hope Street')
  await editor.sees('<with> a garden')
  await editor.sees('Women’s group: Tuesday, 10:00 to 13:00')
  await editor.sees('funded until 31 March 2027')
}

/** Another window saves first: both are shown, and both are kept. */
async function twoWindows(editor) {
  await editor.follow('Something else has changed')
  const other = await editor.page.context().newPage()
  await other.goto(editor.page.url())
  await other.getByLabel('What it costs her').fill('Free')
  await other.getByRole('button', { name: 'Save' }).click()
  await other.waitForLoadState('load')
  await other.close()
  await editor.fill('What it costs her', '£2 for lunch')
  await editor.fill('Interpreting', 'By telephone')
  await editor.expecting(409, async () => {
    await editor.press('Save')
    await editor.isAt('This was changed while you were writing')
    await editor.axe('two windows at once')
  })
  await editor.sees('You both changed some things')
  await editor.press('Bring the two together')
  const cost = await editor.page.getByLabel('What it costs her').inputValue()
  if (cost !== '£2 for lunch') throw new Error(`what she typed became “${cost}”`)
  await editor.press('Save')
  await editor.sees('Report authors see it as it is now')
}

/** A new entry that looks like one that is there. */
async function addAnother(editor) {
  await editor.follow('Add an entry')
  await editor.isAt('Add an entry')
  await editor.axe('a new entry')
  await editor.fill('Name of the service', 'Hope Street')
  await editor.fill('What kind of service it is', 'residential community')
  await editor.choose('Yes, it is running', 'Is it running?')
  await editor.fill('Where it works, in your own words', 'Southampton')
  await editor.fill('Local authorities it works in', 'Southhampton')
  await editor.expecting(422, async () => {
    await editor.press('Save')
    await editor.axe('a new entry, with an error')
  })
  await editor.fill('Local authorities it works in', 'Southampton')
  await editor.expecting(409, async () => {
    await editor.press('Save')
    await editor.isAt('Is it there already?')
    await editor.axe('a new entry that may be there already')
  })
  await editor.press('Go back to the form')
  await editor.fill('Name of the service', 'The Garden Room')
  await editor.press('Save')
  await editor.sees('The entry is added')
  await editor.sees('The Garden Room')
}

/** A service that has closed stays, apart from the others. */
async function closed(editor) {
  await editor.open('/directory/mine')
  await editor.follow(/^Change\s+The Garden Room$/)
  await editor.choose('No, it has closed', 'Is it running?')
  await editor.press('Save')
  await editor.sees('Closed, or not open yet')
  await editor.axe('my entries, one closed')
}

/** Nothing is wider than a telephone. */
async function onAPhone(editor) {
  await editor.page.setViewportSize({ width: 320, height: 800 })
  for (const page of ['My entries', 'Still right?', 'Change Hope Street']) {
    if (page === 'My entries') await editor.open('/directory/mine')
    if (page === 'Still right?') await editor.follow('Hope Street')
    if (page === 'Change Hope Street') await editor.follow('Something else has changed')
    await editor.isAt(page)
    await editor.openEverything()
    await editor.axe(`${page} on a phone`)
    const wide = await editor.page.evaluate(() => document.documentElement.scrollWidth)
    if (wide > 320) throw new Error(`“${page}” is ${wide} wide on a phone of 320`)
  }
  await editor.page.setViewportSize({ width: 1280, height: 900 })
}

/** What is not hers says so. */
async function elsewhere(editor) {
  await editor.expecting(403, async () => {
    await editor.open('/reports')
    await editor.isAt('This page is not part of your account')
    await editor.axe('not part of her account')
  })
  await editor.follow('Go to my start page')
  await editor.isAt('My entries')
}

// Saving as it is typed: every state that a form can be in, seen, heard and looked at
// by axe-core. What a person cannot do, the test does when asked (saving.rs).

import { existsSync } from 'node:fs'
import path from 'node:path'
import { journey, told } from './lib.mjs'

const account = { name: 'Rosalind Achebe', email: 'rosalind@example.org', password: 'three calm words and a kettle' }
const run = told()

await journey(async (author) => {
  await firstAccount(author)
  const miriam = await reportOf(author, 'Miriam Cole')
  const angela = await reportOf(author, 'Angela Hart')
  if (run.javascript) {
    await savesAsSheTypes(author, miriam)
    await saysWhatIsWrong(author, miriam)
    await twoWindows(author, miriam)
    await twoReports(author, miriam, angela)
    await backButton(author, miriam)
    await doubleClick(author, miriam)
    await aHundredThousand(author, miriam)
    await serviceKilled(author, miriam)
    await sessionEnds(author, miriam)
    await somebodyElse(author, miriam)
    await warnedInTime(author, miriam)
    await signedMeanwhile(author, angela)
    await nothingRemains(author, miriam)
  } else {
    await refusedAndKept(author, miriam)
    await carriedThroughSigningIn(author, miriam)
  }
})

// ---- the people and places ---------------------------------------------------

async function firstAccount(author) {
  await author.open(run['set-up'])
  await author.fill('Your name', account.name)
  await author.fill('Email address', account.email)
  await author.fill('Password', account.password)
  await author.press('Make my account')
  await author.isAt('My reports')
}

async function reportOf(author, name) {
  await author.open('/reports')
  await author.follow(name)
  return new URL(author.page.url()).pathname
}

async function signIn(page) {
  await page.getByLabel('Email address').fill(account.email)
  await page.getByLabel('Password', { exact: true }).fill(account.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForLoadState('load')
}

function box (page) {
  return page.locator('main textarea').first()
}

function state (page) {
  return page.locator('.foreword-saving [role="status"]')
}


/** Waits until the page says how its text stands. */
async function says(page, words) {
  await state(page).filter({ hasText: words }).waitFor({ timeout: 20_000 }).catch(async () => {
    throw new Error(`the page says “${await state(page).innerText()}”, and not ${words}`)
  })
}

/** What is saved, read in a fresh window. */
async function saved(author, address) {
  const page = await author.page.context().newPage()
  await page.goto(address)
  const text = await box(page).inputValue()
  const kept = await page.getByText('Kept, not yet part of the report').count()
  await page.close()
  return { text: text.trim(), kept: kept > 0 }
}

async function isSaved(author, address, text) {
  const held = await saved(author, address)
  if (held.text !== text || held.kept) throw new Error(`${address} holds “${held.text.slice(0, 80)}”${held.kept ? ', kept only' : ''}, and not “${text.slice(0, 80)}”`)
}

function answers () {
  return fetch(run.base, { redirect: 'manual' }).then(() => true)
}

function silent () {
  return answers().then(() => false, () => true)
}

function note (name) {
  return async () => existsSync(path.join(run.downloads, name))
}


// ---- with JavaScript -----------------------------------------------------------

async function savesAsSheTypes(author, report) {
  const address = `${report}/prompts/strengths`
  await author.open(address)
  await author.axe('before typing')
  await says(author.page, 'Foreword saves as you write.')
  const start = Date.now()
  await box(author.page).pressSequentially('She sings in a choir.')
  await box(author.page).fill('She sings in a choir.')
  await says(author.page, /^Saved \d\d:\d\d$/)
  if (Date.now() - start > 6000) throw new Error('saving took longer than a pause')
  await author.axe('saved')
  await isSaved(author, address, 'She sings in a choir.')
  // On leaving, without a pause.
  await box(author.page).fill('She sings in a choir and gardens.')
  await author.page.goto(report)
  await author.page.waitForTimeout(500)
  await isSaved(author, address, 'She sings in a choir and gardens.')
  // After an autosave her own Save is not stale.
  await author.open(address)
  await box(author.page).fill('She sings.')
  await says(author.page, /^Saved/)
  await box(author.page).fill('She sings well.')
  await author.saveAndContinue()
  await isSaved(author, address, 'She sings well.')
}

async function saysWhatIsWrong(author, report) {
  await author.open(`${report}/prompts/date-of-birth`)
  await author.expecting(422, async () => {
    await author.page.getByLabel('Month').fill('13')
    await says(author.page, /not yet part of the report: /)
    await author.axe('kept, with a fault')
    await author.open(`${report}/prompts/date-of-birth`)
    await author.sees('Kept, not yet part of the report.')
    await author.axe('kept text, opened again')
  })
  await author.press('Use what is saved instead')
  await author.seesNothingOf('Kept, not yet part of the report.')
  await author.open(`${report}/prompts/offences/records/new`)
  await author.page.locator('main input[type="text"]').first().fill('Theft from a shop')
  await says(author.page, /^Kept \d\d:\d\d\. Choose Save/)
  await author.axe('a record, kept')
  await author.open(`${report}/prompts/offences/records/new`)
  await author.sees('because Save was not chosen')
  await author.axe('a record, opened again')
  await author.press('Discard what is kept')
}

/** One prompt in two windows: the second is told, nothing it typed is touched. */
async function twoWindows(author, report) {
  const address = `${report}/prompts/strengths`
  await author.open(address)
  const other = await author.page.context().newPage()
  await other.goto(address)
  await box(other).fill('Said in the other window.')
  await says(other, /^Saved/)
  await author.expecting(409, async () => {
    await box(author.page).fill('Said in this window.')
    await says(author.page, 'Changed elsewhere: choose')
    await author.axe('changed elsewhere')
    if (await box(author.page).inputValue() !== 'Said in this window.') throw new Error('what was typed was touched')
    await author.press('See both and choose')
    await author.isAt('This was changed while you were writing')
    await author.axe('both texts')
  })
  await author.press('Bring the two together')
  await box(author.page).fill('Said in both.')
  await author.saveAndContinue()
  await other.close()
  await isSaved(author, address, 'Said in both.')
}

/** Two reports typed at once: each keeps its own. */
async function twoReports(author, one, two) {
  const [first, second] = [`${one}/prompts/strengths`, `${two}/prompts/strengths`]
  await author.open(first)
  const other = await author.page.context().newPage()
  await other.goto(second)
  await Promise.all([box(author.page).fill('About Miriam alone.'), box(other).fill('About Angela alone.')])
  await Promise.all([says(author.page, /^Saved/), says(other, /^Saved/)])
  await other.close()
  await isSaved(author, first, 'About Miriam alone.')
  await isSaved(author, second, 'About Angela alone.')
  // The next report in the same window has nothing of the first.
  await author.open(second)
  await box(author.page).fill('About Angela.')
  await says(author.page, /^Saved/)
  await isSaved(author, first, 'About Miriam alone.')
}

async function backButton(author, report) {
  const address = `${report}/prompts/strengths`
  await author.open(address)
  await box(author.page).fill('Before going on.')
  await author.saveAndContinue()
  await author.page.goBack()
  await author.isAt(/./)
  if ((await box(author.page).inputValue()).trim() !== 'Before going on.') throw new Error('going back shows an old text')
  await box(author.page).fill('After going back.')
  await says(author.page, /^Saved/)
  await isSaved(author, address, 'After going back.')
}

async function doubleClick(author, report) {
  const address = `${report}/prompts/strengths`
  await author.open(address)
  await box(author.page).fill('Clicked twice.')
  await author.page.getByRole('button', { name: 'Save and continue' }).dblclick()
  await author.page.waitForURL((url) => url.pathname !== address)
  await author.seesNothingOf('This was changed while you were writing')
  await isSaved(author, address, 'Clicked twice.')
}

async function aHundredThousand(author, report) {
  const address = `${report}/prompts/strengths`
  const long = 'Words and words. '.repeat(6000).slice(0, 100_000)
  await author.open(address)
  await author.expecting(422, async () => {
    await box(author.page).fill(long)
    await says(author.page, /not yet part of the report: /)
    await author.press('Save and continue')
    await author.axe('too long')
    await author.open(address)
  })
  if ((await box(author.page).inputValue()).trim() !== long.trim()) throw new Error('the long text is not kept')
  // More than is taken in at all stays in the page.
  await box(author.page).evaluate((field) => {
    field.value = '🦉 '.repeat(180_000)
    field.dispatchEvent(new Event('input', { bubbles: true }))
  })
  await says(author.page, 'there is more on this page than Foreword can take in')
  await box(author.page).fill('Short again.')
  await says(author.page, /^Saved/)
  await isSaved(author, address, 'Short again.')
}

async function serviceKilled(author, report) {
  const address = `${report}/prompts/strengths`
  await author.open(address)
  await author.unanswered(async () => {
    await author.please('kill', silent)
    await box(author.page).fill('Typed into the silence.')
    await says(author.page, 'Not saved, trying again')
    await author.axe('not saved, trying again')
    // Save does not take the page away with the text.
    await author.page.getByRole('button', { name: 'Save and continue' }).click()
    await author.page.waitForTimeout(1500)
    if (author.where() !== address) throw new Error('the page went away with the text')
    let warned = false
    author.page.once('dialog', (dialog) => { warned = dialog.type() === 'beforeunload'; dialog.dismiss() })
    await author.page.evaluate('void (location.href = "/reports")')
    await author.page.waitForTimeout(500)
    if (!warned) throw new Error('leaving unsaved text went without a word')
    await author.please('start', answers)
    await says(author.page, /^Saved/)
  })
  await isSaved(author, address, 'Typed into the silence.')
}

async function sessionEnds(author, report) {
  const address = `${report}/prompts/strengths`
  await author.open(address)
  await author.please('end-sessions first', note('first'))
  await author.expecting(401, async () => {
    await box(author.page).fill('Typed after the session ended.')
    await says(author.page, 'Sign in again to save')
    await author.sees('You have been signed out.')
    await author.axe('signed out while writing')
    const [again] = await Promise.all([
      author.page.context().waitForEvent('page'),
      author.page.locator('.foreword-saving').getByRole('link', { name: /^Sign in again/ }).click()
    ])
    await author.expecting(403, async () => {
      await signIn(again)
      await again.getByRole('heading', { name: 'You are signed in again' }).waitFor()
      await says(author.page, /^Saved/)
    })
    await again.close()
  })
  await author.seesNothingOf('You have been signed out.')
  await isSaved(author, address, 'Typed after the session ended.')
  await author.saveAndContinue()
}

/** Somebody else signs in in the same browser: nothing of the page goes to her. */
async function somebodyElse(author, report) {
  const address = `${report}/prompts/strengths`
  await author.open(address)
  await author.page.route('**/session', async (route) => {
    const answer = await route.fetch()
    const told = await answer.json()
    await route.fulfill({ json: { ...told, account: '00000000-0000-7000-8000-000000000000' } })
  })
  await author.page.locator('main input[name="csrf"]').evaluate((field) => { field.value = 'of another sign-in' })
  await author.expecting(403, async () => {
    await box(author.page).fill('Not for anybody else.')
    await says(author.page, 'Somebody else is signed in')
    await author.axe('somebody else is signed in')
  })
  await author.page.unroute('**/session')
  await isSaved(author, address, 'Typed after the session ended.')
  await box(author.page).fill('Hers again.')
  await says(author.page, /^Saved/)
}

async function warnedInTime(author, report) {
  await author.page.clock.install()
  await author.open(`${report}/prompts/strengths`)
  await author.page.clock.fastForward('53:00')
  await author.page.clock.runFor(20_000)
  await author.seesNothingOf('You will be signed out')
  await author.page.clock.fastForward('02:00')
  await author.page.clock.runFor(20_000)
  await author.sees('You will be signed out in 4 minutes')
  await author.axe('the sign-in is running out')
  await author.page.getByRole('button', { name: 'Stay signed in' }).click()
  await author.page.getByText('You will be signed out').first().waitFor({ state: 'hidden' })
  await author.page.clock.fastForward('30:00')
  await author.page.clock.runFor(20_000)
  await author.seesNothingOf('You will be signed out')
  await author.page.clock.resume()
}

async function signedMeanwhile(author, report) {
  const address = `${report}/prompts/strengths`
  await author.open(address)
  await author.please(`sign ${report.split('/').pop()}`, note('signed'))
  await author.expecting(409, async () => {
    await box(author.page).fill('Typed too late.')
    await says(author.page, /signed this report on/)
    await author.axe('signed meanwhile')
    await author.press('Save and continue')
    await author.isAt('This report has been signed')
    await author.axe('signed: what was typed')
    await author.sees('Typed too late.')
  })
  await author.open(address)
  await author.sees('the report had been signed')
}

/** In the browser's storage nothing, ever; after signing out nothing to go back to. */
async function nothingRemains(author, report) {
  const address = `${report}/prompts/strengths`
  await author.open(address)
  await box(author.page).fill('The last words before signing out.')
  const other = await author.page.context().newPage()
  await other.goto(`${report}/prompts/adjustments`)
  const kept = await author.page.evaluate(async () => ({
    local: localStorage.length,
    session: sessionStorage.length,
    databases: (await indexedDB.databases()).length,
    caches: (await caches.keys()).length,
    cookies: document.cookie
  }))
  if (JSON.stringify(kept) !== '{"local":0,"session":0,"databases":0,"caches":0,"cookies":""}') throw new Error(`the browser keeps ${JSON.stringify(kept)}`)
  await author.press('Sign out')
  await author.isAt('Sign in')
  await author.page.goBack()
  await author.isAt('Sign in')
  await author.seesNothingOf('The last words')
  // A window left open can save nothing more, and says so.
  await box(other).fill('Typed after signing out.')
  await says(other, 'Sign in again to save')
  await other.close({ runBeforeUnload: false })
  await signIn(author.page)
  await isSaved(author, address, 'The last words before signing out.')
}

// ---- without JavaScript ----------------------------------------------------------

async function refusedAndKept(author, report) {
  await author.open(`${report}/prompts/date-of-birth`)
  await author.seesNothingOf('Foreword saves as you write')
  await author.expecting(422, async () => {
    await author.page.getByLabel('Month').fill('13')
    await author.press('Save and continue')
    await author.sees('Kept, not yet part of the report.')
    await author.axe('kept, with a fault')
  })
  await author.open(`${report}/prompts/date-of-birth`)
  if (await author.page.getByLabel('Month').inputValue() !== '13') throw new Error('what was typed is lost')
  await author.press('Use what is saved instead')
  if (await author.page.getByLabel('Month').inputValue() === '13') throw new Error('what is saved does not come back')
}

async function carriedThroughSigningIn(author, report) {
  const address = `${report}/prompts/strengths`
  await author.open(address)
  await author.please('end-sessions first', note('first'))
  await box(author.page).fill('Typed after the session ended.')
  await author.expecting(401, async () => {
    await author.press('Save and continue')
    await author.isAt('Sign in')
    await author.sees('Nothing you typed is lost')
    await author.axe('sign in to save')
  })
  await author.expecting(422, async () => {
    await author.fill('Email address', account.email)
    await author.fill('Password', 'another one')
    await author.press('Sign in')
  })
  await author.fill('Password', account.password)
  await author.press('Sign in')
  await author.isAt('You are signed in again')
  await author.sees('Typed after the session ended.')
  await author.axe('signed in again, with what was typed')
  await author.press('Open it again first')
  if (await box(author.page).inputValue() !== 'Typed after the session ended.') throw new Error('what was typed is lost')
  await author.saveAndContinue()
  await isSaved(author, address, 'Typed after the session ended.')
}

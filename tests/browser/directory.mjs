// Searching the directory by words, place and filters, with a map, on a wide and on a
// narrow screen, by keyboard; an entry; and what is printed from one.

import { journey, told } from './lib.mjs'

const account = { name: 'Rosalind Achebe', email: 'rosalind@example.org', password: 'three calm words and a kettle' }
const WIDE = { width: 1280, height: 900 }
const NARROW = { width: 320, height: 800 }

await journey(async (author) => {
  await firstAccount(author)
  await words(author)
  await filters(author)
  await map(author)
  await wrongPlace(author)
  await narrow(author)
  await entry(author)
  await bench(author)
  await sheet(author)
})

async function firstAccount(author) {
  await author.open(told()['set-up'])
  await author.fill('Your name', account.name)
  await author.fill('Email address', account.email)
  await author.fill('Password', account.password)
  await author.press('Make my account')
}

/** Searches: with JavaScript by typing alone, without it by the button. */
async function search(author, fields, found) {
  for (const [label, value] of Object.entries(fields)) await author.fill(label, value)
  if (!author.run.javascript) await author.press('Search')
  await author.page.locator('#found', { hasText: found }).waitFor()
}

async function words(author) {
  await author.open('/directory')
  await author.isAt('Find services')
  await author.axe('the whole directory')
  await search(author, { 'What are you looking for?': 'alana h' }, /^1 service$/)
  await author.sees('Alana House')
  if (author.run.javascript) {
    const focused = await author.page.evaluate(() => document.activeElement?.id)
    if (focused !== 'words') throw new Error(`typing lost its place: the focus is on ${focused}`)
    const said = await author.page.locator('#said').textContent()
    if (said !== '1 service found.') throw new Error(`listeners hear “${said}”`)
  }
  if (!author.page.url().includes('/directory?words=alana+h')) throw new Error(`the address is ${author.page.url()}`)
  await search(author, { 'What are you looking for?': 'zzzz' }, /^0 services$/)
  await author.axe('nothing found')
  await search(author, { 'What are you looking for?': '', 'Where?': 'RG14' }, 'West Berkshire')
}

/** Ticks a filter, sees its tag, and takes it away with the keyboard. */
async function filters(author) {
  const { page } = author
  const before = await page.locator('#found').innerText()
  await author.openEverything()
  await author.axe('every filter open')
  await page.locator('#setting-0').check()
  if (!author.run.javascript) await author.press('Apply filters')
  const tag = page.locator('.foreword-chosen__tag')
  await tag.waitFor()
  await author.axe('a filter chosen')
  if ((await page.locator('#found').innerText()) === before) throw new Error('the filter changed nothing')
  await tag.focus()
  await page.keyboard.press('Enter')
  await tag.waitFor({ state: 'detached' })
  if ((await page.locator('#found').innerText()) !== before) throw new Error('the filter is still there')
  if (await page.locator('#setting-0').isChecked()) throw new Error('the box of the filter is still ticked')
}

/** The map numbers what the list numbers; a marker leads to its service by keyboard. */
async function map(author) {
  const { page } = author
  await author.follow('List and map')
  await author.axe('list and map')
  const marker = page.locator('.foreword-map__marker').first()
  await marker.focus()
  await page.keyboard.press('Enter')
  const target = await page.evaluate(() => document.querySelector(':target')?.className)
  if (!target?.includes('foreword-hit')) throw new Error('the marker leads to no service of the list')
  const named = await marker.getAttribute('aria-label')
  const number = await page.locator(':target .foreword-hit__number').innerText()
  if (!named.startsWith(`${number.replace(/\D/g, '')}: `)) throw new Error(`marker “${named}” leads to ${number}`)
}

async function wrongPlace(author) {
  await author.open('/directory')
  await author.expecting(422, async () => {
    await search(author, { 'Where?': 'Atlantis' }, 'Where to look was not understood')
    if (!author.run.javascript) await author.axe('a place that is not understood')
  })
  await author.expecting(422, async () => {
    await author.open('/directory?area=Atlantis')
    await author.axe('a place that is not understood, opened')
  })
}

async function narrow(author) {
  const { page } = author
  await page.setViewportSize(NARROW)
  for (const address of ['/directory?area=RG14&view=map', '/directory/newsletter?area=RG14']) {
    await author.open(address)
    const width = await page.evaluate(() => document.documentElement.scrollWidth)
    if (width > NARROW.width) throw new Error(`${address} is ${width} wide on a screen of ${NARROW.width}`)
    await author.axe(`narrow ${address}`)
  }
  await page.setViewportSize(WIDE)
}

async function entry(author) {
  await author.open('/directory?words=alana')
  await author.follow('Alana House')
  await author.isAt('Alana House')
  await author.sees('Not known')
  await author.axe('an entry')
}

async function bench(author) {
  await author.follow('Three sentences for the court')
  await author.axe('three sentences')
  const copy = author.page.getByRole('button', { name: 'Copy' })
  if ((await copy.isVisible()) !== author.run.javascript) throw new Error('the button to copy is there without JavaScript, or not with it')
  await author.open('/directory/newsletter')
  await author.axe('a newsletter, before an area')
  await author.fill('Area', 'RG14')
  await author.press('Show')
  await author.axe('a newsletter')
  await author.expecting(422, async () => {
    await author.fill('Area', 'Atlantis')
    await author.press('Show')
    await author.axe('a newsletter, wrong area')
  })
}

/** The sheet says nothing of Foreword or of courts, on paper least of all. */
async function sheet(author) {
  const { page } = author
  await author.open('/directory?words=alana')
  await author.follow('Alana House')
  await author.follow('A sheet for a woman to take home')
  await author.axe('a sheet')
  await author.follow('Larger letters')
  await author.axe('a sheet in large letters')
  await page.emulateMedia({ media: 'print' })
  for (const word of ['Foreword', 'court', 'probation', account.name]) await author.seesNothingOf(word)
  await page.emulateMedia({ media: 'screen' })
}

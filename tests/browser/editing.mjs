// A section of the draft in its author's hand: what she types is shown as the court would
// read it while she types; answers that change later are settled; versions are compared.
// Without JavaScript a button shows the preview, and the rest is the same.

import { fileURLToPath } from 'node:url'
import { journey, told } from './lib.mjs'

const account = { name: 'Rosalind Achebe', email: 'rosalind@example.org', password: 'three calm words and a kettle' }
const angela = fileURLToPath(new URL('../cases/angela.json', import.meta.url))

await journey(async (author) => {
  const { page } = author
  await author.open(told()['set-up'])
  await author.fill('Your name', account.name)
  await author.fill('Email address', account.email)
  await author.fill('Password', account.password)
  await author.press('Make my account')
  await author.open('/reports/import')
  await page.locator('input[type="file"]').setInputFiles(angela)
  await author.press('Import')
  const home = page.url()

  await author.open(`${home}/draft`)
  await author.follow(/^Edit this section\s*: Offence analysis/)
  await author.isAt('Edit: Offence analysis')
  await author.openEverything()
  await author.axe('edit a section')

  const text = page.getByLabel('Text of the section')
  const shown = page.locator('#preview .foreword-paper')
  await text.fill('She **ran**.\n\n<b>Not bold</b>\n\n- It was Darren Pike\n- She has nine cats.')
  if (told().javascript) {
    if (await page.getByRole('button', { name: 'Preview' }).isVisible()) throw new Error('the button for a preview is shown, which comes by itself')
  } else {
    await author.press('Preview')
  }
  await shown.locator('strong', { hasText: 'ran' }).waitFor()
  const html = await shown.innerHTML()
  if (!html.includes('&lt;b&gt;Not bold')) throw new Error(`raw HTML is not shown as typed: ${html}`)
  if (html.includes('Pike')) throw new Error('a protected name is in the preview')
  await author.axe('preview of what is typed')

  await text.fill('')
  await author.expecting(422, () => author.press('Save and go back to the draft'))
  await author.axe('a section that says nothing')
  await text.fill('She met the victim outside a shop. She has nine cats.')
  await author.press('Save and go back to the draft')
  await author.isAt(/^Draft report on/)
  await author.sees('Edited by you')
  await author.sees('“She has nine cats.”')
  await author.openEverything()
  await author.axe('draft with an edited section')

  await author.open(`${home}/prompts/offence-account`)
  await page.locator('textarea[name="value"]').fill('Ms Hart pushed the victim once.')
  await author.saveAndContinue()
  await author.open(`${home}/draft`)
  await author.follow(/^See what has changed\s*: Offence analysis/)
  await author.isAt('The answers have changed: Offence analysis')
  await author.axe('what has changed')
  await author.follow('Bring the two together')
  await author.isAt('Bring together: Offence analysis')
  await author.axe('bring two texts together')
  await author.press('Save and go back to the draft')
  await author.seesNothingOf('Answers have changed')
  await author.follow(/^Undo or restore\s*: Offence analysis/)
  await author.axe('versions')
  await author.press('Compare')
  await page.locator('#compared').waitFor()
  await author.axe('two versions compared')
  await author.press('Undo the last change')
  await author.isAt('Versions: Offence analysis')

  await author.open(`${home}/facts`)
  await author.sees(/Not for the court/)
  await author.axe('facts used')
})

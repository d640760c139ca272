// The proposal in words and a section of the draft, copied into the clipboard; without
// JavaScript no button that cannot work is shown and the text can be selected by hand.

import { journey, told } from './lib.mjs'

const account = { name: 'Rosalind Achebe', email: 'rosalind@example.org', password: 'three calm words and a kettle' }

await journey(async (author) => {
  await author.open(told()['set-up'])
  await author.fill('Your name', account.name)
  await author.fill('Email address', account.email)
  await author.fill('Password', account.password)
  await author.press('Make my account')
  await author.open('/reports/start')
  await author.fill('Her first name', 'Carla')
  await author.fill('Her last name', 'Example')
  await author.choose(/^Short format/)
  await author.press('Start')
  const home = author.page.url()
  await author.open(`${home}/proposal/words`)
  await author.sees('No sentence is proposed yet')
  await author.axe('proposal in words, none yet')
  await author.follow('Choose one')
  await author.page.locator('main [name="order"][value="community-order"]').check()
  await author.page.locator('main [name="months"]').first().fill('12')
  await author.press('Save')

  await author.open(`${home}/proposal/words`)
  await author.axe('proposal in words')
  await copied(author, 'Copy the words', 'proposal-words', '12-month community order')
  await author.open(`${home}/proposal/courts`)
  await author.axe('specialist courts')
  await author.open(`${home}/draft`)
  await author.openEverything()
  await author.axe('draft, every section to copy open')
  await copied(author, /^Copy\s+Proposal$/, 'copy-proposal', 'community order')
})

async function copied(author, name, id, words) {
  const text = author.page.locator(`#${id}`)
  if (!(await text.inputValue()).includes(words)) throw new Error(`“${words}” is not in the text to copy`)
  const copy = author.page.getByRole('button', { name })
  if (!told().javascript) {
    if (await copy.isVisible()) throw new Error('a button that cannot work is shown')
    return
  }
  await copy.click()
  await author.sees(/^(Copied|The wording is selected)/)
  const selected = await text.evaluate((box) => box.value.slice(box.selectionStart, box.selectionEnd))
  if (!selected.includes(words)) throw new Error(`selected: ${selected}`)
}

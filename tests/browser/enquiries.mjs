// The enquiry register, the worklist and the choice at the finish, each state looked at
// with axe; with JavaScript the wording for time is copied, without it it is selected.

import { journey, told } from './lib.mjs'

const account = { name: 'Rosalind Achebe', email: 'rosalind@example.org', password: 'three calm words and a kettle' }

await journey(async (author) => {
  await author.open(told()['set-up'])
  await author.fill('Your name', account.name)
  await author.fill('Email address', account.email)
  await author.fill('Password', account.password)
  await author.press('Make my account')
  await author.open('/worklist')
  await author.isAt('Enquiries outstanding')
  await author.axe('worklist, empty')

  await author.open('/reports/start')
  await author.fill('Her first name', 'Carla')
  await author.fill('Her last name', 'Example')
  await author.choose(/^Short format/)
  await author.press('Start')
  const home = author.page.url()
  await author.follow('Enquiry register')
  await author.isAt('Enquiries')
  await author.openEverything()
  await author.axe('register, nothing asked yet')

  await author.press(/^Sent today\s*: Police: domestic abuse$/)
  await author.press(/^Chased today\s*: Police: domestic abuse$/)
  await author.sees('No reply yet')
  await author.axe('register, sent and chased')
  await wording(author)
  await author.openEverything()
  await author.page.getByLabel(/^Reason, as the report will give it/).fill('No child is in her care.')
  await author.press('Save the reason')
  await author.sees('Not being asked')
  await author.axe('register, one not asked')

  await twoWindows(author, `${home}/enquiries`)

  await author.open(`${home}/draft`)
  await author.openEverything()
  await author.axe('draft, enquiry open')
  await author.choose('Ask the court for time')
  await author.press('Save what you chose')
  await author.sees('so that the reply can be taken into account')
  await author.openEverything()
  await author.axe('draft, chosen')

  await author.open('/worklist')
  await author.sees('Carla Example')
  await author.axe('worklist')
  await author.page.setViewportSize({ width: 320, height: 800 })
  await author.axe('worklist on a phone')
  await author.open(`${home}/enquiries`)
  await author.axe('register on a phone')
  const wide = await author.page.evaluate(() => document.documentElement.scrollWidth)
  if (wide > 320) throw new Error(`the register is ${wide} wide on a phone of 320`)
  await author.page.setViewportSize({ width: 1280, height: 900 })

  await author.follow(/^Reply came/)
  await author.isAt('Change: enquiry')
  await author.axe('reply came')
  await author.choose('Replied: they hold no record')
  await author.press('Save')
  await author.isAt('Enquiries')
  await author.sees('No record held')
  await author.open(`${home}/draft`)
  await author.sees('this is not evidence that there was none')
  await author.seesNothingOf('Before you finish')
})

async function wording(author) {
  const copy = author.page.getByRole('button', { name: 'Copy the wording' })
  if (!told().javascript) {
    if (await copy.isVisible()) throw new Error('a button that cannot work is shown')
    return
  }
  await copy.click()
  await author.sees(/^(Copied|The wording is selected)/)
  const selected = await author.page.evaluate(() => {
    const text = document.getElementById('asking-for-time')
    return text.value.slice(text.selectionStart, text.selectionEnd)
  })
  if (!selected.includes('five working days')) throw new Error(`selected: ${selected}`)
}

/** The same register open twice: the second step is refused in words and can be redone. */
async function twoWindows(author, address) {
  await author.open(address)
  const other = await author.page.context().newPage()
  await other.goto(address)
  await other.getByRole('link', { name: /^Change\s+Police/ }).click()
  await other.getByLabel('Agency, as the report should name it').fill('Thames Valley Police')
  await other.getByRole('button', { name: 'Save', exact: true }).click()
  await other.getByRole('heading', { level: 1, name: 'Enquiries' }).waitFor()
  await other.close()
  await author.expecting(409, async () => {
    await author.choose('Go ahead, and say so in the report')
    await author.press('Save what you chose')
    await author.sees('The enquiries were changed in another window, so this step was not saved.')
    await author.axe('register, changed elsewhere')
  })
  await author.press('Save what you chose')
  await author.sees('At the finish: Go ahead, and say so in the report')
}

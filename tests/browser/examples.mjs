// The states of pages that a single smooth case never meets: the two example reports,
// used and wrong links, forms with errors, imports that are refused, two tabs at once.

import { journey, told } from './lib.mjs'

const account = { name: 'Rosalind Achebe', email: 'rosalind@example.org', password: 'three calm words and a kettle' }

await journey(async (author) => {
  await firstAccount(author)
  for (const name of ['Angela Hart', 'Miriam Cole']) await everyPageOf(author, name)
  await formsWithErrors(author)
  await records(author)
  await twoTabs(author)
  await imports(author)
  await wrongAddresses(author)
})

async function firstAccount(author) {
  await author.open(told()['set-up'])
  await author.fill('Your name', account.name)
  await author.fill('Email address', account.email)
  await author.fill('Password', account.password)
  await author.press('Make my account')
  await author.isAt('My reports')
  await author.axe('the example reports')
}

/** Every page that the task list of a report leads to, and the document. */
async function everyPageOf(author, name) {
  await author.open('/reports')
  await author.follow(name)
  await author.sees('This report describes nobody.')
  await author.axe(`task list of ${name}`)
  const home = author.page.url()
  const links = await author.page.locator('.govuk-task-list__link').evaluateAll((all) => all.map((link) => link.href))
  for (const link of [...links, `${home}/check`]) {
    await author.open(link)
    await author.openEverything()
    await author.axe(link.replace(home, name))
  }
  await author.open(home)
  await author.follow('Draft and download')
  await author.download('Download as Word document', `${name}.docx`)
}

async function formsWithErrors(author) {
  await author.open('/reports')
  await author.follow('Miriam Cole')
  const home = author.page.url()
  for (const [prompt, spoil] of [
    ['date-of-birth', () => author.page.getByLabel('Month').fill('13')],
    ['woman-name', () => author.fill('First name', '')],
    ['lives-in', () => author.page.locator('main [name="value"]').fill('Atlantis')]
  ]) {
    await author.open(`${home}/prompts/${prompt}`)
    await author.expecting(422, async () => {
      await spoil()
      await author.press('Save and continue')
      if ((await author.errors()).length === 0) throw new Error(`${prompt} was taken, and should have been refused`)
      await author.axe(`${prompt} with an error`)
    })
    // The link in the summary leads to the field it speaks of.
    const target = await author.page.locator('.govuk-error-summary__list a').first().getAttribute('href')
    if ((await author.page.locator(target).count()) !== 1) throw new Error(`${target} of the error summary is nowhere on ${prompt}`)
  }
}

async function records(author) {
  await author.open('/reports')
  await author.follow('Angela Hart')
  await author.open(`${author.page.url()}/prompts/protected`)
  await author.follow(/^Remove\s+name or word 1$/)
  await author.axe('remove a record')
  await author.follow('Keep it')
  await author.follow(/^Change\s+name or word 1$/)
  await author.axe('change a record')
}

/** The same prompt open twice: the second save must ask, and lose nothing. */
async function twoTabs(author) {
  await author.open('/reports')
  await author.follow('Miriam Cole')
  const address = `${author.page.url()}/prompts/strengths`
  const field = author.page.locator('main textarea').first()
  await author.open(address)
  const other = await author.page.context().newPage()
  await other.goto(address)
  await other.locator('main textarea').first().fill('Said in the other tab.')
  await other.getByRole('button', { name: 'Save and continue' }).click()
  await other.close()
  await field.fill('Said in this tab.')
  await author.expecting(409, async () => {
    await author.press('Save and continue')
    await author.isAt('This was changed while you were writing')
    await author.axe('changed meanwhile')
  })
  await author.sees('Said in the other tab.')
  await author.sees('Said in this tab.')
  await author.press('Bring the two together')
  if ((await field.inputValue()).trim() !== 'Said in this tab.') throw new Error('what was typed is lost')
  await author.axe('both together')
  await author.saveAndContinue()
}

async function imports(author) {
  await author.open('/reports')
  await author.follow('Import a case file')
  await author.axe('import')
  await author.expecting(422, async () => {
    await author.press('Import')
    await author.axe('import without a file')
    await author.page.getByLabel('Case file').setInputFiles('tests/cases/invalid/bad-date.json')
    await author.press('Import')
    await author.sees('hearing.date')
    await author.axe('import refused')
  })
  await author.page.getByLabel('Case file').setInputFiles('tests/cases/angela.json')
  await author.press('Import')
  await author.hasNoErrors('the import')
  await author.isAt(/Angela Hart/)
}

async function wrongAddresses(author) {
  await author.expecting(404, async () => {
    await author.open('/reports/00000000-0000-7000-8000-000000000000')
    await author.axe('no such page')
  })
  await author.expecting(410, async () => {
    await author.open(told()['set-up'])
    await author.axe('set-up link, used')
  })
}

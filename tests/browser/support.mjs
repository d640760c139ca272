// Her support and development plan: made from the proposal, a worker named, a step put in
// plain words, progress, her paper, a review and the note for it.

import { journey, told } from './lib.mjs'

const account = { name: 'Rosalind Achebe', email: 'rosalind@example.org', password: 'three calm words and a kettle' }

await journey(async (author) => {
  await author.open(told()['set-up'])
  await author.fill('Your name', account.name)
  await author.fill('Email address', account.email)
  await author.fill('Password', account.password)
  await author.press('Make my account')
  await author.open('/reports/import')
  await author.page.getByLabel('Case file').setInputFiles('tests/cases/miriam.json')
  await author.press('Import')
  await author.isAt(/Miriam Cole/)
  const home = new URL(author.page.url()).pathname.split('/').slice(0, 3).join('/')

  await author.follow('Support and development plan')
  await author.axe('no plan yet')
  await author.expecting(422, async () => {
    await author.press('Make the plan')
    await author.axe('plan, nothing chosen')
  })
  await author.choose('A community sentence')
  await author.press('Make the plan')
  await author.sees('Version 1')
  await author.axe('a plan just made')

  await author.follow('Name or change the link worker')
  await author.axe('link worker')
  await author.fill('Name', 'Priya')
  await author.press('Save')
  await author.open(`${home}/plan/steps/3`)
  await author.axe('a step')
  await author.fill('The same in plain words, for her', 'I meet Priya for the first time.')
  await author.press('Save')
  await author.follow('Choose outcomes')
  await author.axe('outcomes')
  await author.press('Save')
  await author.follow('Record progress')
  await author.expecting(422, async () => {
    await author.press('Save')
    await author.axe('progress, nothing typed')
  })
  await author.open(`${home}/plan/about`)
  await author.axe('about the plan')

  await author.open(`${home}/proposal/requirements/0/remove`)
  await author.page.locator('main form button').first().click()
  await author.open(`${home}/plan`)
  await author.follow(/^See what is different/)
  await author.axe('the proposal moved on')

  await author.open(`${home}/plan/papers/her-large`)
  await author.axe('her paper, in large type')
  await author.open(`${home}/plan/papers/worker`)
  await author.axe('the worker’s form')
  await author.open(`${home}/plan/reviews`)
  await author.axe('no review yet')
  await author.follow('Add a review')
  await author.axe('a review')
  await author.fill('Small goal 1 until the next review', 'Ring the school')
  await author.press('Save')
  await author.axe('reviews')
  await author.open(`${home}/plan/reviews/1/note`)
  await author.axe('note for the court')
})

// What must not leave: a download that is refused says where and why, a reason lets a place
// stand; a speaking note; a letter that warns first and keeps what was typed.

import { journey, told } from './lib.mjs'

const account = { name: 'Rosalind Achebe', email: 'rosalind@example.org', password: 'three calm words and a kettle' }

await journey(async (author) => {
  await author.open(told()['set-up'])
  await author.fill('Your name', account.name)
  await author.fill('Email address', account.email)
  await author.fill('Password', account.password)
  await author.press('Make my account')
  await author.open('/reports/import')
  await author.page.getByLabel('Case file').setInputFiles(told().plan)
  await author.press('Import')
  await author.isAt(/Angela Hart/)
  const home = new URL(author.page.url()).pathname.split('/').slice(0, 3).join('/')
  await author.expecting(409, async () => {
    await author.open(`${home}/report.html`)
    await author.sees('This cannot be downloaded yet')
    await author.openEverything()
    await author.axe('a download refused')
  })
  await author.open(`${home}/leaving`)
  await author.openEverything()
  await author.axe('what must not leave')
  await author.expecting(422, async () => {
    await author.press('Let it stand')
    await author.sees('Say why it may stay')
    await author.axe('a reason asked for')
  })
  await author.page.locator('main textarea').first().fill('A witness with a like name.')
  await author.press('Let it stand')
  await author.sees('What you let stand')
  await author.axe('a reason given')

  await author.open(`${home}/oral`)
  await author.sees('minutes')
  await author.axe('speaking note')
  await author.open(`${home}/letters`)
  await author.axe('letters')
  await author.open(`${home}/letters/letter-appointment`)
  await author.axe('a letter with gaps')
  await author.expecting(422, async () => {
    await author.press('Show the letter')
    await author.sees('There is a problem')
    await author.axe('a letter refused')
  })
  const typed = { 'Day and date': 'Thursday 10 December', Time: '10am', Place: 'The blue door', 'Who she will see': 'Priya', 'Number to ring or text': '01632 960 001' }
  for (const [label, words] of Object.entries(typed)) await author.fill(label, words)
  await author.press('Show the letter')
  await author.sees('Dear Angela')
  await author.axe('a letter')
})

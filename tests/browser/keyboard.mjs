// From the first prompt to a countersigned Word document, with nothing but the keyboard and
// in a window as wide as a phone: an author, and a colleague with a browser of her own.

import { journey, told } from './lib.mjs'
import { Keys } from './keys.mjs'

const NARROW = { width: 360, height: 740 }

await journey(async (opened) => {
  const author = await person(opened.page, opened.run)
  const context = await opened.page.context().browser().newContext({ baseURL: told().base, locale: 'en-GB' })
  context.setDefaultTimeout(10_000)
  const colleague = await person(await context.newPage(), opened.run)
  try {
    await signIn(author, 'sam@example.org')
    const home = await startAndAnswer(author)
    await proposal(author, home)
    await draft(author, home)
    await author.open(`${home}/review`)
    await author.fill('Name or email address of your colleague', 'Noor Senior')
    await author.press('Ask for a check')
    await author.sees('Being checked')

    await signIn(colleague, 'noor@example.org')
    await colleague.follow('Carla Example')
    await colleague.isAt(/^Check the report on/)
    await colleague.fill('What you say about this section: Offence analysis', 'Plain and fair.')
    await colleague.press('Approve it as it stands')
    await colleague.sees(/^You approved this report/)

    await author.open(`${home}/sign`)
    await author.sees(/^Noor Senior approved this report/)
    await author.choose('I sign with these points open, and can say why in court')
    await author.choose('I have read the whole report as it stands, and I sign it as its author')
    await author.press('Sign the report')
    await author.sees(/^Checked by Noor Senior on/)
    await author.download(/^Word document/, 'signed.docx')
    author.verdict()
    colleague.verdict()
    opened.steps = author.steps + colleague.steps
  } catch (error) {
    await colleague.keep('keyboard-colleague', opened.run.artefacts)
    throw error
  }
})

async function person(page, run) {
  await page.setViewportSize(NARROW)
  return new Keys(page, run)
}

async function signIn(who, email) {
  await who.open('/sign-in')
  await who.fill('Email address', email)
  await who.fill('Password', told().password)
  await who.press('Sign in')
  await who.isAt('My reports')
}

async function startAndAnswer(author) {
  await author.follow('Start a report')
  await author.fill('Her first name', 'Carla')
  await author.fill('Her last name', 'Example')
  await author.choose(/^Short format/)
  await author.press('Start')
  await author.isAt('Carla Example')
  const home = new URL(author.page.url()).pathname
  await author.follow('The case and the court')
  await author.follow(/^Continue with: Her date of birth/)
  await author.fillDate('What is her date of birth?', '1990-05-04')
  await author.saveAndContinue()
  await skipTo(author, 'lives-in')
  await author.fill('Where will she be living?', 'RG14')
  await author.saveAndContinue()
  await skipTo(author, 'hearing')
  await author.fill('Name of the court', "Reading Magistrates' Court")
  await author.choose("Magistrates' court")
  await author.fillDate('Day the court set for the report', '2026-12-17')
  await author.saveAndContinue()
  await skipTo(author, 'offences')
  await author.follow('Add: offence')
  await author.type(author.page.locator('main [name="title"]'), 'theft from a shop')
  for (const [name, value] of [['day', 10], ['month', 11], ['year', 2026]]) {
    await author.type(author.page.locator(`main [name="convicted_on-${name}"]`), value)
  }
  await author.press('Save')
  await author.hasNoErrors('the offence')

  await author.open(`${home}/prompts/offence-account`)
  await author.fill('What happened?', 'Ms Example took food from a shop. She chose to stay with an abusive partner.')
  await author.saveAndContinue()
  await author.open(`${home}/prompts/need-finance`)
  await author.tick(author.page.locator('main input[type="radio"][value="medium"]').first(), 'a level')
  await author.saveAndContinue()
  await author.open(`${home}/prompts/strengths-are`)
  await author.choose('Keeps a home')
  await author.choose('Asks for help when she needs it')
  await author.saveAndContinue()

  await author.open(home)
  await author.follow('Enquiry register')
  await author.press(/^Sent today\s*: Police: domestic abuse$/)
  await author.follow(/^Reply came/)
  await author.choose('Replied: they hold no record')
  await author.press('Save')
  await author.sees('No record held')

  await author.open(home)
  await author.follow('Local services')
  await author.reach(author.page.getByRole('button', { name: /^Choose for this report/ }), 'a service')
  await author.enter()
  await author.fill('What it offers her', 'Weekly one-to-one work.')
  await author.press('Save')
  await author.hasNoErrors('the service')
  return home
}

/** Skips prompts until this one. */
async function skipTo(author, prompt) {
  for (let pages = 0; pages < 20; pages += 1) {
    if (author.where().endsWith(`/prompts/${prompt}`)) return
    const skip = author.page.getByRole('link', { name: 'Skip for now' })
    await author.follow((await skip.count()) > 0 ? 'Skip for now' : 'Continue')
  }
  throw new Error(`“${prompt}” was not met`)
}

async function proposal(author, home) {
  await author.open(home)
  await author.follow('Proposal')
  await author.follow(/Sentence proposed$/)
  await author.choose('Community order')
  await author.fill('Length in months', '12')
  await author.choose('By a fine as well')
  await author.press('Save')
  await author.hasNoErrors('the sentence')
  await author.follow('Add a requirement')
  await author.follow(/^Add\s+Rehabilitation activity requirement$/)
  await author.fill('Days', '15')
  await author.fill('What will be done', 'One-to-one work on money.')
  await author.choose('Money, benefits and debt')
  await author.press('Save')
  await author.hasNoErrors('the requirement')
}

async function draft(author, home) {
  await author.open(home)
  await author.follow('Draft and download')
  await author.follow(/^Edit this section\s*: Offence analysis/)
  const text = author.page.getByLabel('Text of the section')
  await author.reach(text, 'the text')
  await author.page.keyboard.press('Control+End')
  await author.page.keyboard.type(' The goods were returned.')
  await author.press('Save and go back to the draft')
  await author.sees('Edited by you')
  // Two findings that stop a signature are settled where each leads.
  await author.follow(/^Change what this is about\s*: Children's services: no enquiry/)
  await author.unfold("Not being asked: say why (Children's services)")
  await author.type(author.page.getByLabel(/^Reason, as the report will give it \(Children/), 'No child is in her care.', 'the reason')
  await author.press('Save the reason')
  await author.sees('Not being asked')
  await author.open(`${home}/draft`)
  await author.follow(/^Change what this is about\s*: It is not recorded whether the court can imprison/)
  await author.follow(/^Change\s*offence 1$/)
  await author.tick(author.page.locator('main [name="imprisonable"][value="yes"]'), 'that the court can imprison for it')
  await author.press('Save')
  await author.hasNoErrors('the offence')
}

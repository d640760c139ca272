// Angela's whole case as the author of her report meets it: set-up link, sign-in,
// every prompt, services, proposal, draft, and the document. What is typed comes from
// the plan that angela.rs makes of tests/cases/angela.json; nothing of her is here.

import { journey, plan, told } from './lib.mjs'
import { answerEverything } from './prompts.mjs'
import { propose } from './proposal.mjs'
import { chooseServices } from './services.mjs'

const { case: file, pages, requirements } = plan()
const account = { name: file.author.name, email: 'rosalind@example.org', password: 'three calm words and a kettle' }

await journey(async (author) => {
  await setUp(author)
  await signInAgain(author)
  await startReport(author)
  await answerEverything(author, pages, (author, label) => author.axeOfKind(label))
  await checkAnswers(author)
  await chooseServices(author, file.services)
  await propose(author, asOffered(file.proposal), requirements)
  await readAndDownload(author)
  await author.press('Sign out')
  await author.isAt('Sign in')
})

async function setUp(author) {
  await author.open(told()['set-up'])
  await author.isAt('Set up Foreword')
  await author.axe('set-up')
  await author.expecting(422, async () => {
    await author.fill('Password', 'short')
    await author.press('Make my account')
    await author.axe('set-up with errors')
  })
  await author.fill('Your name', account.name)
  await author.fill('Email address', account.email)
  await author.fill('Password', account.password)
  await author.press('Make my account')
  await author.hasNoErrors('Make my account')
  await author.isAt('My reports')
  await author.axe('no reports yet')
}

async function signInAgain(author) {
  await author.press('Sign out')
  await author.isAt('Sign in')
  await author.axe('sign-in')
  await author.expecting(422, async () => {
    await author.fill('Email address', account.email)
    await author.fill('Password', 'not the password at all')
    await author.press('Sign in')
    await author.axe('sign-in refused')
  })
  await author.fill('Email address', account.email)
  await author.fill('Password', account.password)
  await author.press('Sign in')
  await author.isAt('My reports')
}

async function startReport(author) {
  await author.follow('Start a report')
  await author.isAt('Start a report')
  await author.axe('start a report')
  await author.expecting(422, async () => {
    await author.press('Start')
    await author.axe('start a report with errors')
  })
  await author.fill('Her first name', file.woman.name.first)
  await author.fill('Her last name', file.woman.name.last)
  await author.choose(page('report-format').typed[0].options[0].label)
  await author.press('Start')
  await author.isAt(`${file.woman.name.first} ${file.woman.name.last}`)
  await author.axe('task list, nothing answered')
}

async function checkAnswers(author) {
  await author.axe('task list, everything answered')
  await author.follow('Check all the answers')
  await author.axe('all the answers')
  for (const { short } of pages) await author.sees(short)
  await author.follow(/^Change\s+Her date of birth$/)
  await author.saveAndContinue()
  await author.open(author.page.url().replace(/(\/reports\/[^/]+)\/.*/, '$1'))
}

// What the pages do not ask for: when and with whom the availability of rehabilitation
// activity was checked; the service itself carries its own confirmation. angela.rs
// leaves the same out when it compares.
function asOffered(proposal) {
  const requirements = proposal.requirements.map((rest) => {
    if (rest.id !== 'rar') return rest
    const { availability_checked, availability_with, ...offered } = rest
    return offered
  })
  return { ...proposal, requirements }
}

async function readAndDownload(author) {
  await author.follow('Draft and download')
  await author.isAt(/^Draft report on/)
  for (const { text } of file.protected) await author.seesNothingOf(text)
  await author.openEverything()
  await author.axe('draft, with what each passage rests on')
  await author.download('Download as Word document', 'angela.docx')
  await author.download('Case file', 'case.json')
  await author.download('Plain text', 'angela.txt')
  await author.download('Web page', 'angela.html')
}

function page(prompt) {
  return pages.find((page) => page.prompt === prompt)
}

// Choosing local services, as the case file has them: found on the page by name, then
// what each offers her.

import { fillNamed } from './proposal.mjs'

/** Chooses the services of a case, starting from and ending at the task list. */
export async function chooseServices(author, services) {
  const home = author.page.url()
  await author.follow('Local services')
  await author.axe('local services, none chosen')
  // A need for which nothing suitable was found is recorded with one press, and taken back.
  await author.press(/^Record that nothing suitable was found/)
  await author.openEverything()
  await author.axe('local services, a gap recorded')
  await author.press(/^Withdraw\s*that nothing suitable was found/)
  for (const { id, name, organisation, source, as_at, slots = [], ...offered } of services) {
    await author.openEverything()
    // The name stands in words for listeners, which the browser sets apart with spaces.
    await author.press(new RegExp(`^Choose for this report\\s*:\\s*${name}\\s*$`))
    await author.isAt(name)
    await author.axe(`the service ${name}`)
    // Puts the day into the form; what is saved below is the day of the case.
    await author.press('It was confirmed today')
    await author.axe(`the service ${name}, with a day taken`)
    await author.expecting(422, async () => {
      await fillNamed(author, { confirmed_on: '2026-13-40' })
      await author.press('Save')
      await author.axe('a service with errors')
    })
    // The page ticks every need that the entry mentions; the case may name fewer.
    const ticked = author.page.locator('main [name="needs"]:checked')
    while ((await ticked.count()) > 0) await ticked.first().uncheck()
    await fillNamed(author, { ...offered, slot: slots })
    await author.press('Save')
    await author.hasNoErrors(`the service ${name}`)
  }
  await author.axe('local services, one chosen')
  await author.open(home)
}

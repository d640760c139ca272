// What a page is put together from, and the few things that may be wrong with any page
// whatever its parts. Not here: the rules of axe-core, which looks at every new part.

/**
 * Runs in the page: the parts it is put together from, each an element in the element
 * around it, with its classes, type, role and state; and what is wrong with its words
 * and names.
 */
export function look() {
  const kind = (element) =>
    [
      element.localName,
      element.className,
      ...['type', 'role', 'hidden', 'open', 'disabled', 'aria-describedby', 'aria-expanded', 'autocomplete', 'inputmode', 'lang', 'dir', 'scope'].map((name) =>
        element.hasAttribute(name) ? `${name}=${/^aria-d/.test(name) ? '' : element.getAttribute(name)}` : ''
      )
    ].join(' ')
  const all = [...document.querySelectorAll('body *')].filter((element) => !element.closest('svg'))
  const parts = new Set(all.map((element) => `${kind(element.parentElement)} > ${kind(element)}`))
  const wrong = []
  const ids = new Set()
  for (const { id } of all.filter((element) => element.id)) {
    if (ids.has(id)) wrong.push(`the id ${id} twice`)
    ids.add(id)
  }
  for (const element of all) {
    const of = (element.getAttribute('aria-describedby') ?? '').split(/\s+/).filter(Boolean)
    for (const id of of) if (!ids.has(id)) wrong.push(`${element.outerHTML.slice(0, 120)}: described by ${id}, which is not there`)
    const words = element.textContent.trim() || element.getAttribute('aria-label')
    if (/^(a|button|legend|label|summary|h[1-6])$/.test(element.localName) && !words) wrong.push(`without words: ${element.outerHTML.slice(0, 120)}`)
    const labelled = element.labels?.length > 0 || element.hasAttribute('aria-label') || element.hasAttribute('aria-labelledby')
    const filled = element.matches('input:not([type=hidden]), select, textarea')
    if (filled && !labelled) wrong.push(`without a label: ${element.outerHTML.slice(0, 120)}`)
  }
  const levels = all.filter((element) => /^h[1-6]$/.test(element.localName) && element.checkVisibility()).map((element) => Number(element.localName[1]))
  levels.forEach((level, at) => {
    if (at > 0 && level > levels[at - 1] + 1) wrong.push(`a heading of level ${level} after one of level ${levels[at - 1]}`)
  })
  return { parts: [...parts], wrong }
}

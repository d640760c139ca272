// Searches as it is typed: asks for the same page that the form would lead to, and puts
// its results in the place of the old ones. Without it the form works as a form.
//
// Lives here: when to ask, and what of the answer is put where. Not here: any filter or
// word; those come from the service. The address always says what is shown.

const PAUSE = 250

export function directory (form) {
  const said = form.querySelector('#said')
  let asked = wanted(form)
  let timer = null
  let running = null

  form.addEventListener('input', (event) => {
    if (event.target.type === 'text') later()
  })
  form.addEventListener('change', now)
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    asked = null
    now()
  })
  form.addEventListener('click', (event) => {
    const link = event.target.closest('a[data-name], a[data-clear]')
    if (!link || event.metaKey || event.ctrlKey || event.shiftKey) return
    event.preventDefault()
    untick(link)
    now().then(() => form.querySelector('#found')?.focus())
  })

  function later () {
    clearTimeout(timer)
    timer = setTimeout(now, PAUSE)
  }

  async function now () {
    clearTimeout(timer)
    const query = wanted(form)
    if (query === asked) return
    asked = query
    running?.abort()
    const mine = new AbortController()
    running = mine
    form.setAttribute('aria-busy', 'true')
    try {
      const answer = await fetch(`${form.action}?${query}`, { signal: mine.signal, headers: { 'Foreword-Autosave': 'search' }, credentials: 'same-origin' })
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
      if (running !== mine) return
      // Signed out, or something else than this page: let the browser show it.
      if (!page.getElementById('results')) return location.assign(`${form.action}?${query}`)
      show(page)
    } catch (error) {
      if (error.name === 'AbortError') return
      asked = null
      said.textContent = 'The search could not be made. Press Search to try again.'
    } finally {
      if (running === mine) form.removeAttribute('aria-busy')
    }
  }

  function show (page) {
    const fresh = page.getElementById('results')
    form.querySelector('#results').replaceWith(document.adoptNode(fresh))
    for (const count of page.querySelectorAll('.foreword-filters__count')) {
      const here = document.getElementById(count.id)
      if (here) here.textContent = count.textContent
    }
    document.title = page.title
    history.replaceState(null, '', fresh.dataset.address)
    if (said.textContent !== fresh.dataset.said) said.textContent = fresh.dataset.said
  }

  function untick (link) {
    const all = 'clear' in link.dataset
    for (const box of form.querySelectorAll('input[type="checkbox"]')) {
      if (all || (box.name === link.dataset.name && box.value === link.dataset.value)) box.checked = false
    }
  }
}

/** What is asked, without what is left empty. */
function wanted (form) {
  const filled = [...new FormData(form)].filter(([name, value]) => value !== '' && !(name === 'sort' && value === 'best'))
  return new URLSearchParams(filled).toString()
}

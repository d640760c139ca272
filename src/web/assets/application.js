// Improves pages that already work without it. Anything that must hold without
// JavaScript belongs in the page and its handler, not here.
//
// To add an improvement: write a function that takes the element, and list it
// in `improvements` by the `data-module` its element carries.

import { initAll } from './govuk-frontend.js'

// Asks before leaving a form whose text has not been saved.
function unsavedWork (form) {
  let changed = false
  form.addEventListener('input', () => { changed = true })
  form.addEventListener('submit', () => { changed = false })
  window.addEventListener('beforeunload', (event) => {
    if (changed) event.preventDefault()
  })
}

// Opens the print dialogue; the button is shown only here, as it cannot work
// without JavaScript.
function printPage (button) {
  button.hidden = false
  button.addEventListener('click', () => window.print())
}

const improvements = {
  'foreword-unsaved-work': unsavedWork,
  'foreword-print': printPage
}

initAll()
for (const [name, improve] of Object.entries(improvements)) {
  document.querySelectorAll(`[data-module="${name}"]`).forEach(improve)
}

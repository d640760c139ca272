// Asking the service from a page: sending a form as it stands, and asking who is
// signed in. What comes back is always a state with words, whatever went wrong.
//
// Not here: what a page does with the answer (autosave.js, session.js). The states are
// those of src/web/saving/answer.rs and src/web/error.rs, and `offline`, which only a
// browser can know.

const PATIENCE = 30_000
// What browsers still send while a page goes away, less room for headers.
const LARGEST_PARTING = 60_000

// Says to the service that a script asks, which wants words and no page.
const headers = { 'foreword-autosave': '1', accept: 'application/json' }

/** The form as a browser would send it. */
export function body (form) {
  return new URLSearchParams(new FormData(form)).toString()
}

/** True where a body can still be sent while the page goes away. */
export function fitsParting (text) {
  return text.length <= LARGEST_PARTING
}

/** Sends a form to its own address, and nowhere else. */
export async function send (form, text) {
  return sendTo(form.getAttribute('action'), text)
}

/** Sends the body of a form to an address of this service. */
export async function sendTo (address, text) {
  return ask(address, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded;charset=UTF-8' },
    body: text,
    // Goes on where the page is left meanwhile.
    keepalive: fitsParting(text)
  })
}

/** Who is signed in here now, with the token that forms need. */
export async function whoIsHere () {
  return ask('/session', { headers })
}

async function ask (address, request) {
  try {
    const answer = await fetch(address, {
      ...request,
      cache: 'no-store',
      credentials: 'same-origin',
      redirect: 'error',
      signal: AbortSignal.timeout(PATIENCE)
    })
    const told = await answer.json()
    return { state: 'ok', message: '', ...told }
  } catch {
    // Nothing came back, or nothing that is ours: a proxy's page, half an answer.
    return { state: 'offline', message: '' }
  }
}

// A real OpenID Connect provider (npm's `oidc-provider`, certified by the OpenID
// Foundation) with three people, for the tests of signing in with one.
//
//   node provider.mjs CALLBACK
//
// prints its issuer, and then answers until it is stopped. It asks nobody for a
// password: its sign-in page is a form with the person's name. `POST /rotate` gives it
// new keys.
import { generateKeyPairSync } from 'node:crypto'
import { createServer } from 'node:http'
import { Provider } from 'oidc-provider'

// Its notices go where nobody reads them: whoever started it reads one line and no more.
console.info = console.error

const [callback] = process.argv.slice(2)

const people = {
  sam: { name: 'Sam Author', email: 'sam@example.org', email_verified: true, groups: ['court-reports'] },
  eve: { name: 'Eve Elsewhere', email: 'eve@example.org', email_verified: true, groups: ['kitchen'] },
  ursula: { name: 'Ursula Unproved', email: 'sam.other@example.org', email_verified: false, groups: ['court-reports'] },
}

function key(kid) {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  return { ...privateKey.export({ format: 'jwk' }), kid, use: 'sig', alg: 'RS256' }
}

function provider(issuer, kid) {
  const made = new Provider(issuer, {
    clients: [{
      client_id: 'foreword',
      client_secret: 'a secret of the tests',
      redirect_uris: [callback],
      grant_types: ['authorization_code'],
      response_types: ['code'],
    }],
    jwks: { keys: [key(kid)] },
    cookies: { keys: ['only for tests'] },
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name', 'groups'] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
    pkce: { required: () => true },
    findAccount: (_, id) => people[id] && { accountId: id, claims: () => ({ sub: id, ...people[id] }) },
    async loadExistingGrant(ctx) {
      const grant = new ctx.oidc.provider.Grant({
        clientId: ctx.oidc.client.clientId,
        accountId: ctx.oidc.session.accountId,
      })
      grant.addOIDCScope('openid email profile')
      await grant.save()
      return grant
    },
  })
  return made
}

let current
const server = createServer(async (request, response) => {
  const path = new URL(request.url, 'http://localhost').pathname
  if (request.method === 'POST' && path === '/rotate') {
    current = provider(issuer, `key-${Date.now()}`)
    response.end('rotated')
  } else if (path.startsWith('/interaction/')) {
    await interaction(request, response)
  } else {
    current.callback()(request, response)
  }
})

async function interaction(request, response) {
  if (request.method !== 'POST') {
    response.setHeader('content-type', 'text/html; charset=utf-8')
    response.end('<!doctype html><html lang="en"><title>The provider</title><h1>Who are you?</h1>'
      + '<form method="post"><label>Name <input name="person"></label><button>Go on</button></form></html>')
    return
  }
  let body = ''
  for await (const part of request) body += part
  const person = new URLSearchParams(body).get('person')
  const result = person
    ? { login: { accountId: person } }
    : { error: 'access_denied', error_description: 'she went back' }
  await current.interactionFinished(request, response, result, { mergeWithLastSubmission: false })
}

server.listen(0, '127.0.0.1')
await new Promise((ready) => server.once('listening', ready))
const issuer = `http://127.0.0.1:${server.address().port}`
current = provider(issuer, 'key-1')
console.log(issuer)

// An identity provider of OpenID Connect: npm's oidc-provider, honest as it comes, and as dishonest as the settings say.
// Settings come as JSON on the standard input; the first line of the output says that it listens. It ends with its input.
//
//   port, client {id, secret, redirectUri}, people {login: claims}
//   signsInAs   whoever comes is signed in as that person, without a page; shown {acr, amr}: what they are said to have shown
//   lies        clock (seconds to add when a token is made), issuer, algorithm, nonce ("" for none), audience, userinfo (claims)
import { createInterface } from 'node:readline';
import { generateKeyPairSync } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

const input = createInterface({ input: process.stdin });
const settings = JSON.parse(await new Promise((resolve) => input.once('line', resolve)));
input.on('close', () => process.exit(0));
const lies = settings.lies ?? {};
const { Provider } = await import('oidc-provider');

const client = (id, redirectUri) => ({
  client_id: id,
  client_secret: settings.client.secret,
  redirect_uris: [redirectUri],
  token_endpoint_auth_method: 'client_secret_post',
  id_token_signed_response_alg: lies.algorithm ?? 'RS256',
});

// The same one after a new start: whoever has fetched it does not do so again right away.
const KEY = 'key.json';
if (!existsSync(KEY)) {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  writeFileSync(KEY, JSON.stringify(privateKey.export({ format: 'jwk' })));
}
const provider = new Provider(lies.issuer ?? `http://localhost:${settings.port}`, {
  clients: [
    client(settings.client.id, settings.client.redirectUri),
    ...(lies.audience ? [client(lies.audience, 'http://localhost/elsewhere')] : []),
  ],
  jwks: { keys: [{ ...JSON.parse(readFileSync(KEY)), use: 'sig', alg: 'RS256' }] },
  enabledJWA: { idTokenSigningAlgValues: ['RS256', 'HS256'] },
  cookies: { keys: ['a-key-for-tests-only'] },
  // What is asked for is in the ID token, as with most providers.
  conformIdTokenClaims: false,
  acrValues: ['mfa'],
  claims: {
    openid: ['sub', 'acr', 'amr', 'groups'],
    email: ['email', 'email_verified'],
    profile: ['name', 'given_name', 'family_name'],
  },
  features: { devInteractions: { enabled: !settings.signsInAs } },
  interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
  findAccount: (_, login) =>
    settings.people[login] && {
      accountId: login,
      claims: (use) => ({
        sub: login,
        ...settings.people[login],
        ...(use === 'userinfo' ? lies.userinfo : {}),
      }),
    },
});
if (process.env.OIDC_TELL) {
  for (const name of ['server_error', 'authorization.error', 'grant.error']) {
    provider.on(name, (_, error) => console.error(name, error));
  }
}

/** A connection does not outlive us; and the question is not quite the one that was asked. */
provider.use(async (ctx, next) => {
  ctx.set('Connection', 'close');
  if (ctx.path === '/auth' && 'nonce' in lies) {
    ctx.query = lies.nonce === '' ? without(ctx.query, 'nonce') : { ...ctx.query, nonce: lies.nonce };
  }
  await next();
});

/** The answer is of another time, or a good ID token that is another client's. */
provider.use(async (ctx, next) => {
  if (ctx.path !== '/token') return next();
  const honest = Date.now;
  try {
    Date.now = () => honest() + (lies.clock ?? 0) * 1000;
    await next();
  } finally {
    Date.now = honest;
  }
  if (ctx.body?.id_token && lies.audience) {
    const { iss, aud, exp, iat, at_hash, ...said } = decoded(ctx.body.id_token);
    const other = new provider.IdToken(said, { client: await provider.Client.find(lies.audience) });
    other.scope = 'openid email profile';
    for (const [claim, value] of Object.entries(said)) other.set(claim, value);
    ctx.body.id_token = await other.issue({ use: 'idtoken' });
  }
});

/** Signs in whoever comes, and agrees to everything. */
provider.use(async (ctx, next) => {
  if (!settings.signsInAs || !ctx.path.startsWith('/interaction/')) return next();
  const { params, grantId } = await provider.interactionDetails(ctx.req, ctx.res);
  const grant =
    (grantId && (await provider.Grant.find(grantId))) ??
    new provider.Grant({ accountId: settings.signsInAs, clientId: params.client_id });
  grant.addOIDCScope(params.scope);
  await provider.interactionFinished(ctx.req, ctx.res, {
    login: { accountId: settings.signsInAs, ...settings.shown },
    consent: { grantId: await grant.save() },
  });
  ctx.respond = false;
});

function without(object, name) {
  const { [name]: _, ...rest } = object;
  return rest;
}

function decoded(token) {
  return JSON.parse(Buffer.from(token.split('.')[1], 'base64url'));
}

provider.listen(settings.port, '127.0.0.1', () => console.log('listening'));

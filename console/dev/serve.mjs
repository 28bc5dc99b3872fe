// `node dev/serve.mjs [port]`: the built console with an organization in memory behind it, under the same
// content security policy as on the server. `?as=auditor` on any page signs in as that role, `?as=nobody` out.
import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createWorld, problem } from './world.mjs';

const root = fileURLToPath(new URL('../target/classes/META-INF/resources', import.meta.url));
const port = Number(process.argv[2] ?? 4173);
const TYPES = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
};
const POLICY = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'self' http://localhost:*",
].join('; ');

const worlds = new Map();
const worldOf = (role) => worlds.get(role) ?? worlds.set(role, worldWithAgents(role)).get(role);

function worldWithAgents(role) {
  const world = createWorld({ role });
  world.seedAgent({
    name: 'Billing database',
    seenAgo: 7_200_000,
    health: { policy: 'absent', clockDifference: 95 },
    warnings: ['clone-suspected', 'policy-absent', 'clock-differs'],
    findings: [['critical', 'agent.number-reused']],
    refusal: 'turned-back',
  });
  world.seedAgent({ name: 'Web front' });
  return world;
}

createServer(async (request, response) => {
  const url = new URL(request.url, `http://localhost:${port}`);
  response.setHeader('Content-Security-Policy', POLICY);
  const cookie = /as=(\w+)/.exec(request.headers.cookie ?? '')?.[1];
  const as = url.searchParams.get('as') ?? cookie ?? 'owner';
  if (url.searchParams.has('as')) response.setHeader('Set-Cookie', `as=${as}; Path=/; SameSite=Lax`);
  if (url.pathname === '/login/start') return redirect(response, url.searchParams.get('returnTo') ?? '/');
  if (url.pathname.startsWith('/api/') || url.pathname.startsWith('/log/') || url.pathname === '/logout')
    return api(request, response, as);
  file(response, url.pathname);
}).listen(port, () => process.stdout.write(`http://localhost:${port}\n`));

async function api(request, response, as) {
  let text = '';
  for await (const part of request) text += part;
  const [status, body] =
    as === 'nobody'
      ? problem(401, 'unauthenticated', 'Nobody is signed in')
      : worldOf(as).answer(
          request.method,
          request.url,
          text === '' ? undefined : JSON.parse(text),
          request.headers['if-match'],
        );
  const type = status < 400 ? 'application/json' : 'application/problem+json';
  response
    .writeHead(status, { 'Content-Type': type })
    .end(body === undefined ? undefined : JSON.stringify(body));
}

function file(response, path) {
  const wanted = join(root, normalize(path));
  const found = existsSync(wanted) && statSync(wanted).isFile() ? wanted : join(root, 'index.html');
  response.setHeader('Content-Type', TYPES[extname(found)] ?? 'application/octet-stream');
  createReadStream(found).pipe(response);
}

function redirect(response, to) {
  response.writeHead(302, { Location: to, 'Set-Cookie': 'as=owner; Path=/; SameSite=Lax' }).end();
}

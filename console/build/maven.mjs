// Called by Maven: `node build/maven.mjs package` builds the console, `… check` runs its checks.
// Each step is skipped when what it depends on has not changed since it last succeeded.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const home = dirname(dirname(fileURLToPath(import.meta.url)));
const OLDEST_NODE = [20, 19];

const LOCK = ['package-lock.json', 'package.json'];
const SOURCES = [...LOCK, 'index.html', 'public', 'src', 'build', 'vite.config.ts', 'tsconfig.json'];
const CHECKED = [
  ...SOURCES,
  '../docs/openapi.json',
  '../kernel/src/main/java/dev/nuxari/kernel/Role.java',
  'test',
  'dev',
  'eslint.config.js',
  '.prettierrc.json',
  '.prettierignore',
];

function filesOf(path) {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .sort()
    .flatMap((name) => filesOf(join(path, name)));
}

function fingerprint(paths) {
  const hash = createHash('sha256').update(process.version);
  for (const file of paths.flatMap((path) => filesOf(join(home, path)))) {
    hash
      .update(relative(home, file).split(sep).join('/'))
      .update('\0')
      .update(readFileSync(file))
      .update('\0');
  }
  return hash.digest('hex');
}

function npm(...args) {
  const windows = process.platform === 'win32';
  const { status, error } = spawnSync(windows ? 'npm.cmd' : 'npm', args, {
    cwd: home,
    stdio: 'inherit',
    shell: windows,
  });
  if (error !== undefined)
    fail(`npm did not start: ${error.message}. Install Node.js ${OLDEST_NODE.join('.')} or later.`);
  if (status !== 0) fail(`npm ${args.join(' ')} failed`);
}

function fail(reason) {
  process.stderr.write(`console: ${reason}\n`);
  process.exit(1);
}

function unlessDone(mark, paths, result, work) {
  const before = fingerprint(paths);
  const file = join(home, mark);
  const done = existsSync(join(home, result)) && existsSync(file) && readFileSync(file, 'utf8') === before;
  if (done) return;
  work();
  mkdirSync(dirname(file), { recursive: true });
  // Taken again: the build itself may rewrite src/routeTree.gen.ts.
  writeFileSync(file, fingerprint(paths));
}

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1])) {
  fail(`Node.js ${OLDEST_NODE.join('.')} or later is needed, this is ${process.version}`);
}

const job = process.argv[2];
if (job !== 'package' && job !== 'check') fail('usage: node build/maven.mjs package|check');

unlessDone('node_modules/.nuxari-installed', LOCK, 'node_modules', () =>
  npm('ci', '--include=dev', '--prefer-offline', '--no-progress'),
);
if (job === 'package') {
  unlessDone('target/nuxari-built', SOURCES, 'target/classes/META-INF/resources/index.html', () =>
    npm('run', '--silent', 'build', '--', '--logLevel', 'warn'),
  );
} else {
  unlessDone('target/nuxari-checked', CHECKED, 'node_modules', () => npm('run', '--silent', 'check'));
}

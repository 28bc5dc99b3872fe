// Runs before the first paint, so that a dark console does not flash white. A file of its own, because
// the content security policy allows no inline script.
(function () {
  var stored = null;
  try {
    stored = window.localStorage.getItem('mantine-color-scheme-value');
  } catch (_) {
    // Storage may be switched off; the system's preference still counts.
  }
  var scheme = stored === 'light' || stored === 'dark' ? stored : null;
  if (scheme === null) {
    scheme = window.matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  }
  document.documentElement.setAttribute('data-mantine-color-scheme', scheme);
})();

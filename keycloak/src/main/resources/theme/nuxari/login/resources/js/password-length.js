/* Says while somebody types how many characters are missing. The broker decides; this only saves a round. */

export function watchLength(field, least) {
  const said = document.createElement('div');
  said.id = 'nuxari-password-length';
  said.className = 'pf-v5-c-helper-text__item-text';
  said.setAttribute('role', 'status');
  field.setAttribute('aria-describedby', said.id);
  document.getElementById(`input-error-container-${field.id}`).before(said);

  const say = () => {
    // Code points, as the broker counts them, and not units of UTF-16.
    const missing = least - [...field.value].length;
    said.textContent =
      missing > 0
        ? `At least ${least} characters; ${missing} more. Several words in a row are easy to remember.`
        : 'Long enough. It must not be your name, nor a password that is known from elsewhere.';
  };
  field.addEventListener('input', say);
  say();
}

// Inside a phone of the sandbox the phone answers who its owner is; elsewhere the visitor chooses.
function continueAs(openId) {
  const address = new URL(location.href);
  address.searchParams.set('sandbox_openid', openId);
  location.replace(address);
}

for (const button of document.querySelectorAll('button[data-openid]')) {
  button.addEventListener('click', () => continueAs(button.dataset.openid));
}

if (window.parent !== window && document.querySelector('button[data-openid]')) {
  window.addEventListener('message', (event) => {
    if (event.source === window.parent && event.origin === location.origin && event.data?.sandboxOwner) continueAs(event.data.sandboxOwner);
  });
  window.parent.postMessage({ sandboxAsks: 'owner' }, location.origin);
}

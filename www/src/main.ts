import './styles/page.css';

import { mount } from 'svelte';

import App from './App.svelte';
import { engine } from './lib/engine.svelte';
import { room } from './lib/lessons/room.svelte';
import { restoreTheme } from './lib/theme';

restoreTheme();

addEventListener('error', (event) => {
  // Browsers also send notices this way, such as a resize observed too late; they carry no error.
  if (event.error) engine.report('Something on this page broke', event.error);
});
addEventListener('unhandledrejection', (event) =>
  engine.report('Something on this page broke', event.reason),
);
addEventListener('hashchange', () => void engine.followHash());

// Before anything is drawn, so that what is hidden is never seen.
if (room.address.hidden.length > 0) {
  document.documentElement.dataset.hide = room.address.hidden.join(' ');
  await import('./styles/around.css');
}

const target = document.getElementById('page');
if (!target) throw new Error('The page has no element with the id “page”.');

export default mount(App, { target });

// In another page the reader did not come for Fusebox, and a development server changes under the page.
if (import.meta.env.PROD && !room.address.embedded && 'serviceWorker' in navigator) {
  void import('./offline/visit').then(({ keepThisPage }) => keepThisPage());
}

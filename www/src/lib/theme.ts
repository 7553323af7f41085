export type Theme = 'light' | 'dark';

const KEY = 'fusebox-theme';

function remembered(): Theme | null {
  try {
    const theme = localStorage.getItem(KEY);
    return theme === 'light' || theme === 'dark' ? theme : null;
  } catch {
    // Storage may be forbidden; the system's preference then always holds.
    return null;
  }
}

/** The theme on screen: the reader's choice, else the system's. */
export function currentTheme(): Theme {
  return remembered() ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');
}

/** Puts a remembered choice back; without one the style sheet follows the system. */
export function restoreTheme(): void {
  const theme = remembered();
  if (theme) document.documentElement.dataset.theme = theme;
}

export function chooseTheme(theme: Theme): void {
  document.documentElement.dataset.theme = theme;
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // The choice then lasts as long as the page.
  }
}

import { svelte } from '@sveltejs/vite-plugin-svelte';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

// Whole, as the build reads its own files without Vite’s ways of finding others.
import { lessons } from './lessons-plugin.ts';
import { serviceWorker } from './offline-plugin.ts';

/** Vite's development server injects inline styles and a web socket, which the page's own policy forbids. */
const withoutPolicyInDevelopment: Plugin = {
  name: 'without-policy-in-development',
  apply: 'serve',
  transformIndexHtml: (html) => html.replace(/<meta\s+http-equiv="Content-Security-Policy"[^>]*>/, ''),
};

/** The first view comes in one file: to a slow machine, fetching thirty is more work than reading what is in them. */
const firstView = {
  name: 'page',
  tags: ['$initial' as const],
  // The service worker is a beginning of its own.
  test: (id: string) => !id.includes('/src/offline/'),
};

export default defineConfig({
  plugins: [lessons(), svelte(), serviceWorker(), withoutPolicyInDevelopment],
  // Relative, so that the page works from any folder of any host.
  base: './',
  build: {
    target: 'es2022',
    cssTarget: ['chrome123', 'firefox121', 'safari17.5'],
    manifest: true,
    // The policy allows no script or style but the page's own files.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { output: { codeSplitting: { groups: [firstView] } } },
  },
  worker: { format: 'es' },
  // The tables of suites/results lie outside this folder.
  server: { fs: { allow: ['..'] } },
  test: { include: ['tests/**/*.test.ts'] },
});

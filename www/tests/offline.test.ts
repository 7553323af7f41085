import { expect, test } from 'vitest';

import { Version } from '../src/offline/version';

const version = new Version('https://host/some/where/', {
  'index.html': 'sha256-a+/=',
  'assets/page.js': 'sha256-b',
  'pkg/fusebox_cpu.js': 'sha256-c',
  'datasets/office-twin.fbx': 'sha256-d',
});

test('an address means a file of this folder, whatever is asked of the page', () => {
  expect(version.pathOf('https://host/some/where/?lesson=modality#v1.x')).toBe('index.html');
  expect(version.pathOf('https://host/some/where/assets/page.js')).toBe('assets/page.js');
  expect(version.pathOf('https://host/some/where/assets/page-of-another-build.js')).toBeNull();
  expect(version.pathOf('https://host/some/')).toBeNull();
  expect(version.pathOf('https://elsewhere/some/where/index.html')).toBeNull();
});

test('the page opens with its own files; engines and data are none of them', () => {
  expect(version.pagePaths).toEqual(['index.html', 'assets/page.js']);
});

test('a file is fetched where no host redirects, and kept with its digest', () => {
  expect(version.addressOf('index.html')).toBe('https://host/some/where/');
  expect(version.placeOf('index.html')).toBe('https://host/some/where/index.html?sha256-a%2B%2F%3D');
  const place = version.placeOf('pkg/fusebox_cpu.js');
  expect(version.pathOf(place)).toBe('pkg/fusebox_cpu.js');
});

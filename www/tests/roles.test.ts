import { describe, expect, it } from 'vitest';
import { rolesOf, settled, withRole } from '../src/lib/roles';
import { VBPR } from './designs';

const BOTH = { ...VBPR, roles: ['scoring' as const, 'edge-weights' as const] };

describe('roles by modality', () => {
  it('are those of all until one is taken away', () => {
    expect(rolesOf(BOTH, 'visual')).toEqual(['scoring', 'edge-weights']);
    const own = withRole(BOTH, 'visual', 'scoring', false);
    expect(own['roles-of']).toEqual({ visual: ['edge-weights'] });
    expect(rolesOf(own, 'textual')).toEqual(['scoring', 'edge-weights']);
    expect(withRole(own, 'visual', 'scoring', true)).toEqual(BOTH);
  });

  it('leave every modality one', () => {
    const own = withRole(BOTH, 'visual', 'scoring', false);
    expect(rolesOf(withRole(own, 'visual', 'edge-weights', false), 'visual')).toEqual(['edge-weights']);
  });

  it('follow the roles of the design', () => {
    const own = withRole(withRole(BOTH, 'visual', 'scoring', false), 'textual', 'edge-weights', false);
    expect(settled({ ...own, roles: ['scoring'] })['roles-of']).toBeUndefined();
  });
});

import { describe, expect, it } from 'vitest';
import { rolesOf, setRole, settleRoles } from '../src/lib/roles';
import type { Design } from '../src/lib/types';

const design = (): Design => ({ roles: ['scoring', 'edge-weights'] }) as unknown as Design;

describe('roles by modality', () => {
  it('are those of all until one is taken away', () => {
    const own = design();
    expect(rolesOf(own, 'visual')).toEqual(['scoring', 'edge-weights']);
    setRole(own, 'visual', 'scoring', false);
    expect(own['roles-of']).toEqual({ visual: ['edge-weights'] });
    expect(rolesOf(own, 'textual')).toEqual(['scoring', 'edge-weights']);
    setRole(own, 'visual', 'scoring', true);
    expect(own).toEqual(design());
  });

  it('leave every modality one', () => {
    const own = design();
    setRole(own, 'visual', 'scoring', false);
    setRole(own, 'visual', 'edge-weights', false);
    expect(rolesOf(own, 'visual')).toEqual(['edge-weights']);
  });

  it('follow the roles of the design', () => {
    const own = design();
    setRole(own, 'visual', 'scoring', false);
    setRole(own, 'textual', 'edge-weights', false);
    own.roles = ['scoring'];
    settleRoles(own);
    expect(own['roles-of']).toBeUndefined();
  });
});

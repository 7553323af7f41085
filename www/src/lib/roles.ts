import type { Design, Role } from './types';

/** What a modality is there for in a design. */
export function rolesOf(design: Design, modality: string): readonly Role[] {
  return design['roles-of']?.[modality] ?? design.roles;
}

/** The design with one of its roles given to a modality, or taken away; the last one stays. */
export function withRole(design: Design, modality: string, role: Role, on: boolean): Design {
  const roles = design.roles.filter((known) =>
    known === role ? on : rolesOf(design, modality).includes(known),
  );
  if (roles.length === 0) return design;
  return settled({ ...design, 'roles-of': { ...design['roles-of'], [modality]: roles } });
}

/** The design without what says nothing in `roles-of`: roles that it has no more, and modalities that have all of them. */
export function settled(design: Design): Design {
  const { 'roles-of': own, ...others } = design;
  if (!own) return design;
  const some = Object.entries(own)
    .map(([modality, roles]) => [modality, roles.filter((role) => design.roles.includes(role))] as const)
    .filter(([, roles]) => roles.length > 0 && roles.length < design.roles.length);
  return some.length > 0 ? { ...others, 'roles-of': Object.fromEntries(some) } : others;
}

import type { Design, Role } from './types';

/** What a modality is there for in a design. */
export function rolesOf(design: Design, modality: string): readonly Role[] {
  return design['roles-of']?.[modality] ?? design.roles;
}

/** Gives a modality one of the design's roles, or takes it away; its last one stays. */
export function setRole(design: Design, modality: string, role: Role, on: boolean): void {
  const roles = design.roles.filter((known) =>
    known === role ? on : rolesOf(design, modality).includes(known),
  );
  if (roles.length === 0) return;
  design['roles-of'] = { ...design['roles-of'], [modality]: roles };
  settleRoles(design);
}

/** Takes out of `roles-of` what says nothing: roles that the design has no more, and modalities that have all of them. */
export function settleRoles(design: Design): void {
  const own = Object.entries(design['roles-of'] ?? {})
    .map(([modality, roles]) => [modality, roles.filter((role) => design.roles.includes(role))] as const)
    .filter(([, roles]) => roles.length > 0 && roles.length < design.roles.length);
  if (own.length > 0) design['roles-of'] = Object.fromEntries(own);
  else delete design['roles-of'];
}

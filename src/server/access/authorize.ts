import type { Route } from '../contract/route.js';
import { ServiceFault } from '../fault.js';
import { type Actor, includesRole } from './actor.js';

/**
 * Nothing, when an actor may use a route.
 *
 * @param actor  null when nobody has shown who they are
 * @throws ServiceFault `unauthorized` without an actor; `forbidden` when the role or the scopes do not reach
 */
export function authorize(actor: Actor | null, { access, tag }: Pick<Route, 'access' | 'tag'>): void {
  if (access === 'open') return;
  if (actor === null)
    throw new ServiceFault('unauthorized', 'access: show who you are by "Authorization: Bearer KEY"');
  if (!includesRole(actor.role, access))
    throw new ServiceFault('forbidden', `access: this needs the role ${access}, and yours is ${actor.role}`);
  if (actor.scopes !== undefined && !actor.scopes.includes(tag))
    throw new ServiceFault(
      'forbidden',
      `access: this key is for ${actor.scopes.join(', ')} only, and this route belongs to ${tag}`,
    );
}

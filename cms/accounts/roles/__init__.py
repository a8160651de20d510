"""Who may do what in the admin: three groups, one more for each university, one moderation step.

`ensure_roles` is run by the `setup_site` command, never by a migration: a deployment decides when
its people's rights change. The tables are the least each role may do. What is missing is given
(again); what staff gave a group beyond them, and groups of their own, stay as they are.
"""

from cms.accounts.roles.ensure import ensure_roles
from cms.accounts.roles.partner_editors import AnyUser, ensure_partner_editors, universities_of

__all__ = ["AnyUser", "ensure_partner_editors", "ensure_roles", "universities_of"]

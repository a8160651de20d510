"""Where Wagtail asks for the guards."""

from wagtail import hooks

from cms.upstream.admin import moving, unsaved

hooks.register("before_move_page", moving.refuse_root)
hooks.register("before_copy_page", moving.refuse_unknown_parent)
hooks.register("insert_global_admin_js", unsaved.watch_first_edits)

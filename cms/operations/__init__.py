"""What those who run the site need: probes, backups, logs, metrics, headers, mail, commands.

No page is rendered here.
"""

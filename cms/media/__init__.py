"""Images, documents and videos: what may be uploaded, the sizes made of it, how it is served.

It never looks at who shows a file.
"""

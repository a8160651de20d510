"""What can be asked for under /api/v2/, one module for each kind of resource."""

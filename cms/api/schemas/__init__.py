"""How objects look in the API: their fields, what each needs from the database, its type."""

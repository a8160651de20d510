"""Finding public pages by words: ranked by the database, forgiving about spelling."""

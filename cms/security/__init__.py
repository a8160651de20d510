"""What leaves the site and what enters it: headers, uploads, files of private collections."""

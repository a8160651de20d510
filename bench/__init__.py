"""How fast the site answers, measured on real servers on loopback: `make bench`."""

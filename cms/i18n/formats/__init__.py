"""How dates are written in each language, where Django would do it otherwise."""

"""The suite: one folder for each group of people a promise is made to."""

"""What editors are told about their texts: hints, which never keep anybody from publishing."""

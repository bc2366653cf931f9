"""What people and other programs see: text drawn from results for a screen; nothing here decides or prints."""

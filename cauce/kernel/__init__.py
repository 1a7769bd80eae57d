"""Pure types shared by every floor of the house; nothing here knows Django or a database."""

"""Base templates, components, static files and the navigation registry."""

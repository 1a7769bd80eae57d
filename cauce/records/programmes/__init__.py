"""Projects, donors, responses and each office's monthly closing."""

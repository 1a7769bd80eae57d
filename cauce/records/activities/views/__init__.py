"""Screens of this room: events, their sessions, who came, and the evaluation."""

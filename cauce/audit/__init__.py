"""The append-only, hash-chained log of writes and of sensitive reads.

from cauce.audit import log
log.record(viewer.actor, "register", "people.person", person.id, "TIJ", dates=[today])
"""

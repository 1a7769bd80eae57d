"""A model field that is text in Python and sealed bytes in the table."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models

from cauce.keys import sealing


class _Opener:
    """Opens the sealed bytes on first access; listing a row that nobody reads costs nothing."""

    def __init__(self, field: SealedTextField) -> None:
        self.field = field

    def __get__(self, instance: models.Model | None, owner: type | None = None) -> Any:
        if instance is None:
            return self
        name = self.field.attname
        if name not in instance.__dict__:
            instance.refresh_from_db(fields=[name])
        value = instance.__dict__[name]
        if isinstance(value, (bytes, memoryview)):
            value = sealing.unseal(bytes(value), **self.field.binding(instance))
            instance.__dict__[name] = value
        return value

    def __set__(self, instance: models.Model, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


class SealedTextField(models.BinaryField):
    """Text encrypted with the mission's key, bound to its table, column and row id.

    ``""`` stays ``""`` (and is sealed too); ``None`` stays NULL. Never usable in a filter: look
    people up through blind indexes.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("editable", True)
        super().__init__(*args, **kwargs)

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:
        super().contribute_to_class(cls, name, private_only)
        setattr(cls, self.attname, _Opener(self))

    def binding(self, instance: models.Model) -> dict[str, Any]:
        return {"table": self.model._meta.db_table, "column": self.column, "row": instance.pk}

    def pre_save(self, model_instance: models.Model, add: bool) -> bytes | None:
        return self.seal_all([model_instance])[0]

    def seal_all(self, instances: Iterable[models.Model]) -> list[bytes | None]:
        """The sealed values of many rows, whose ids must be set; what is still sealed stays as it is."""
        seal = sealing.sealer(table=self.model._meta.db_table, column=str(self.column))
        found: list[bytes | None] = []
        for instance in instances:
            value = instance.__dict__.get(self.attname)
            if value is None or isinstance(value, (bytes, memoryview)):
                found.append(value if value is None else bytes(value))
            else:
                found.append(seal(str(value), instance.pk))
        return found

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name == "isnull":
            return super().get_lookup(lookup_name)
        raise TypeError(f"{self.name} is sealed and cannot be searched; use a blind index")

    def value_to_string(self, obj: models.Model) -> str:
        raise TypeError(f"{self.name} is sealed and is never dumped in clear")

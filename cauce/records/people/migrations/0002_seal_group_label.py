from django.db import migrations

import cauce.keys.fields


def seal(apps, schema_editor):
    """Seal what the labels say; an installation without groups needs no keys for it."""
    groups = apps.get_model("people", "TravelGroup")
    for group in groups.objects.exclude(label_in_clear="").iterator():
        group.label = group.label_in_clear
        group.save(update_fields=["label"])


def open_again(apps, schema_editor):
    groups = apps.get_model("people", "TravelGroup")
    for group in groups.objects.filter(label__isnull=False).iterator():
        group.label_in_clear = group.label
        group.save(update_fields=["label_in_clear"])


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]

    operations = [
        migrations.RenameField("travelgroup", "label", "label_in_clear"),
        migrations.AddField(
            "travelgroup",
            "label",
            cauce.keys.fields.SealedTextField(null=True, verbose_name="seña del grupo"),
        ),
        migrations.RunPython(seal, open_again),
        migrations.RemoveField("travelgroup", "label_in_clear"),
    ]

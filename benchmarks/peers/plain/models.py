"""The directory's tables as Tortoise models."""

from __future__ import annotations

from tortoise import fields
from tortoise.models import Model


class RegionRow(Model):
    id = fields.IntField(primary_key=True)
    name = fields.TextField()

    class Meta:
        table = "region"


class RegionInside(Model):
    id = fields.IntField(primary_key=True)
    region = fields.ForeignKeyField("models.RegionRow", source_field="region", related_name="inside")
    ancestor = fields.ForeignKeyField("models.RegionRow", source_field="ancestor", related_name="holds")

    class Meta:
        table = "region_inside"


class CategoryRow(Model):
    id = fields.IntField(primary_key=True)
    name = fields.TextField()

    class Meta:
        table = "category"


class CategoryInside(Model):
    id = fields.IntField(primary_key=True)
    category = fields.ForeignKeyField("models.CategoryRow", source_field="category", related_name="inside")
    ancestor = fields.ForeignKeyField("models.CategoryRow", source_field="ancestor", related_name="holds")

    class Meta:
        table = "category_inside"


class OrganisationRow(Model):
    id = fields.IntField(primary_key=True)
    name = fields.TextField()
    slug = fields.TextField()
    legal_form = fields.TextField(null=True)
    description = fields.TextField(null=True)
    email = fields.TextField(null=True)
    phone = fields.TextField(null=True)
    website = fields.TextField(null=True)
    words = fields.TextField()
    region = fields.ForeignKeyField("models.RegionRow", source_field="region", related_name="seats", null=True)

    class Meta:
        table = "organisation"


class OrganisationPlace(Model):
    id = fields.IntField(primary_key=True)
    organisation = fields.ForeignKeyField("models.OrganisationRow", source_field="organisation", related_name="places")
    region = fields.ForeignKeyField("models.RegionRow", source_field="region", related_name="organisations")

    class Meta:
        table = "organisation_place"


class ServiceRow(Model):
    id = fields.IntField(primary_key=True)
    organisation = fields.ForeignKeyField(
        "models.OrganisationRow", source_field="organisation", related_name="services"
    )
    name = fields.TextField()
    description = fields.TextField(null=True)

    class Meta:
        table = "service"


class ServiceCategory(Model):
    id = fields.IntField(primary_key=True)
    service = fields.ForeignKeyField("models.ServiceRow", source_field="service", related_name="categories")
    category = fields.ForeignKeyField("models.CategoryRow", source_field="category", related_name="services")

    class Meta:
        table = "service_category"


class ServiceRegion(Model):
    id = fields.IntField(primary_key=True)
    service = fields.ForeignKeyField("models.ServiceRow", source_field="service", related_name="regions")
    region = fields.ForeignKeyField("models.RegionRow", source_field="region", related_name="services")

    class Meta:
        table = "service_region"


class CooperationRow(Model):
    id = fields.IntField(primary_key=True)
    organisation = fields.ForeignKeyField(
        "models.OrganisationRow", source_field="organisation", related_name="cooperation"
    )
    partner = fields.ForeignKeyField("models.OrganisationRow", source_field="partner", related_name="seen_from")
    kind = fields.TextField()
    phase = fields.TextField()
    started = fields.TextField(null=True)
    ended = fields.TextField(null=True)

    class Meta:
        table = "cooperation"

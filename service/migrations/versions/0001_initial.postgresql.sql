CREATE FUNCTION is_partial_date(said text) RETURNS boolean
    LANGUAGE sql IMMUTABLE STRICT AS $$
    SELECT CASE
        WHEN said !~ '^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$' OR said < '0001' THEN FALSE
        WHEN length(said) < 10 THEN TRUE
        ELSE right(said, 2)::int <= extract(day FROM
            make_date(left(said, 4)::int, substr(said, 6, 2)::int, 1) + interval '1 month' - interval '1 day')
    END
$$;

CREATE FUNCTION record_of_noun() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF NOT EXISTS (SELECT 1 FROM record WHERE id = NEW.id AND noun = TG_TABLE_NAME AND state = 'published') THEN
        RAISE EXCEPTION 'record_of_noun' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION record_without_row() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF (NEW.state <> 'published' OR NEW.noun <> OLD.noun) AND (EXISTS (SELECT 1 FROM "source" WHERE id = OLD.id) OR EXISTS (SELECT 1 FROM "region" WHERE id = OLD.id) OR EXISTS (SELECT 1 FROM "taxonomy" WHERE id = OLD.id) OR EXISTS (SELECT 1 FROM "taxonomy_term" WHERE id = OLD.id) OR EXISTS (SELECT 1 FROM "location" WHERE id = OLD.id) OR EXISTS (SELECT 1 FROM "organisation" WHERE id = OLD.id) OR EXISTS (SELECT 1 FROM "service" WHERE id = OLD.id) OR EXISTS (SELECT 1 FROM "project" WHERE id = OLD.id) OR EXISTS (SELECT 1 FROM "agreement" WHERE id = OLD.id) OR EXISTS (SELECT 1 FROM "cooperation_link" WHERE id = OLD.id) OR EXISTS (SELECT 1 FROM "event" WHERE id = OLD.id) OR EXISTS (SELECT 1 FROM "need" WHERE id = OLD.id) OR EXISTS (SELECT 1 FROM "figure" WHERE id = OLD.id)) THEN
        RAISE EXCEPTION 'record_without_row' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION kept_for_ever() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF TRUE THEN
        RAISE EXCEPTION 'kept_for_ever' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TABLE "record" (
    "id" UUID NOT NULL PRIMARY KEY,
    "noun" TEXT NOT NULL,
    "state" VARCHAR(60) NOT NULL,
    "merged_into_id" UUID REFERENCES "record" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    "version" INT NOT NULL,
    "first_published_at" TIMESTAMPTZ NOT NULL,
    "last_modified" TIMESTAMPTZ NOT NULL,
    "assured_on" DATE,
    "assured_by" TEXT,
    CONSTRAINT record_noun_filled CHECK (trim("noun") <> ''),
    CONSTRAINT record_noun_known CHECK (noun IN ('source', 'region', 'taxonomy', 'taxonomy_term', 'location', 'organisation', 'service', 'project', 'agreement', 'cooperation_link', 'event', 'need', 'figure')),
    CONSTRAINT record_state_choice CHECK ("state" IN ('published', 'withdrawn', 'merged')),
    CONSTRAINT record_version_least CHECK ("version" >= 1),
    CONSTRAINT record_assured_by_filled CHECK (trim("assured_by") <> ''),
    CONSTRAINT record_merged_into CHECK ((state = 'merged') = (merged_into_id IS NOT NULL)),
    CONSTRAINT record_not_into_itself CHECK (merged_into_id <> id),
    CONSTRAINT record_assured CHECK ((assured_on IS NULL) = (assured_by IS NULL))
);

CREATE INDEX record_merged_into_id_idx ON "record" ("merged_into_id");

CREATE TABLE "slug" (
    "id" UUID NOT NULL PRIMARY KEY,
    "noun" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "record_id" UUID NOT NULL REFERENCES "record" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    "current" BOOL NOT NULL,
    CONSTRAINT slug_noun_slug_key UNIQUE ("noun", "slug"),
    CONSTRAINT slug_noun_filled CHECK (trim("noun") <> ''),
    CONSTRAINT slug_noun_known CHECK (noun IN ('source', 'region', 'taxonomy', 'taxonomy_term', 'location', 'organisation', 'service', 'project', 'agreement', 'cooperation_link', 'event', 'need', 'figure')),
    CONSTRAINT slug_slug_filled CHECK (trim("slug") <> ''),
    CONSTRAINT slug_form CHECK (slug ~ '^[a-z0-9-]+$')
);

CREATE INDEX slug_record_id_idx ON "slug" ("record_id");

CREATE UNIQUE INDEX slug_current ON "slug" ("record_id") WHERE "current";

CREATE TABLE "source" (
    "id" UUID NOT NULL PRIMARY KEY,
    "title" TEXT NOT NULL,
    "kind" VARCHAR(60) NOT NULL,
    "description" JSONB,
    "publisher" TEXT,
    "published_on" TEXT COLLATE "C",
    "language" TEXT NOT NULL,
    "url" TEXT,
    "licence" TEXT,
    "attribution" TEXT,
    "retrieved_on" DATE,
    "completeness" VARCHAR(60) NOT NULL,
    FOREIGN KEY (id) REFERENCES record (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT source_title_filled CHECK (trim("title") <> ''),
    CONSTRAINT source_kind_choice CHECK ("kind" IN ('official_register', 'legal_act', 'contract', 'news', 'report', 'statistics', 'open_data', 'self_declaration', 'editorial')),
    CONSTRAINT source_description_latvian CHECK ("description" IS NULL OR COALESCE(jsonb_typeof("description"->'lv') = 'string' AND trim("description"->>'lv') <> '', FALSE)),
    CONSTRAINT source_publisher_filled CHECK (trim("publisher") <> ''),
    CONSTRAINT source_published_on_date CHECK (is_partial_date("published_on")),
    CONSTRAINT source_language_filled CHECK (trim("language") <> ''),
    CONSTRAINT source_url_url CHECK ("url" ~ '^https?://.'),
    CONSTRAINT source_licence_filled CHECK (trim("licence") <> ''),
    CONSTRAINT source_attribution_filled CHECK (trim("attribution") <> ''),
    CONSTRAINT source_completeness_choice CHECK ("completeness" IN ('sample', 'partial', 'complete'))
);

CREATE TABLE "region" (
    "id" UUID NOT NULL PRIMARY KEY,
    "code" TEXT NOT NULL UNIQUE,
    "kind" VARCHAR(60) NOT NULL,
    "former_kind" VARCHAR(60),
    "name" JSONB NOT NULL,
    "parent_id" UUID REFERENCES "region" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    "iso" TEXT,
    "atvk" TEXT,
    "valid_from" TEXT COLLATE "C",
    "valid_to" TEXT COLLATE "C",
    "lon" DOUBLE PRECISION,
    "lat" DOUBLE PRECISION,
    "note" JSONB,
    FOREIGN KEY (id) REFERENCES record (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT region_code_filled CHECK (trim("code") <> ''),
    CONSTRAINT region_kind_choice CHECK ("kind" IN ('country', 'planning_region', 'municipality', 'state_city', 'state_city_in_municipality', 'town', 'parish', 'former')),
    CONSTRAINT region_former_kind_choice CHECK ("former_kind" IN ('country', 'planning_region', 'municipality', 'state_city', 'state_city_in_municipality', 'town', 'parish', 'former')),
    CONSTRAINT region_name_latvian CHECK ("name" IS NULL OR COALESCE(jsonb_typeof("name"->'lv') = 'string' AND trim("name"->>'lv') <> '', FALSE)),
    CONSTRAINT region_iso_filled CHECK (trim("iso") <> ''),
    CONSTRAINT region_atvk_filled CHECK (trim("atvk") <> ''),
    CONSTRAINT region_valid_from_date CHECK (is_partial_date("valid_from")),
    CONSTRAINT region_valid_to_date CHECK (is_partial_date("valid_to")),
    CONSTRAINT region_lon_least CHECK ("lon" >= -180),
    CONSTRAINT region_lon_most CHECK ("lon" <= 180),
    CONSTRAINT region_lat_least CHECK ("lat" >= -90),
    CONSTRAINT region_lat_most CHECK ("lat" <= 90),
    CONSTRAINT region_note_latvian CHECK ("note" IS NULL OR COALESCE(jsonb_typeof("note"->'lv') = 'string' AND trim("note"->>'lv') <> '', FALSE)),
    CONSTRAINT region_valid_from_not_after_valid_to CHECK (valid_from <= valid_to || '~'),
    CONSTRAINT region_former CHECK ((kind = 'former') = (former_kind IS NOT NULL)),
    CONSTRAINT region_former_kind CHECK (former_kind <> 'former'),
    CONSTRAINT region_former_ended CHECK (kind <> 'former' OR valid_to IS NOT NULL),
    CONSTRAINT region_not_in_itself CHECK (parent_id <> id),
    CONSTRAINT region_point CHECK ((lon IS NULL) = (lat IS NULL))
);

CREATE INDEX region_parent_id_idx ON "region" ("parent_id");

CREATE TABLE "taxonomy" (
    "id" UUID NOT NULL PRIMARY KEY,
    "code" TEXT NOT NULL UNIQUE,
    "name" JSONB NOT NULL,
    "description" JSONB,
    FOREIGN KEY (id) REFERENCES record (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT taxonomy_code_filled CHECK (trim("code") <> ''),
    CONSTRAINT taxonomy_name_latvian CHECK ("name" IS NULL OR COALESCE(jsonb_typeof("name"->'lv') = 'string' AND trim("name"->>'lv') <> '', FALSE)),
    CONSTRAINT taxonomy_description_latvian CHECK ("description" IS NULL OR COALESCE(jsonb_typeof("description"->'lv') = 'string' AND trim("description"->>'lv') <> '', FALSE))
);

CREATE TABLE "taxonomy_term" (
    "id" UUID NOT NULL PRIMARY KEY,
    "taxonomy_id" UUID NOT NULL REFERENCES "taxonomy" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    "code" TEXT NOT NULL,
    "name" JSONB NOT NULL,
    "parent_id" UUID REFERENCES "taxonomy_term" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    "definition" JSONB,
    "legal_basis" TEXT,
    "confidential_by_default" BOOL NOT NULL,
    FOREIGN KEY (id) REFERENCES record (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT taxonomy_term_taxonomy_code_key UNIQUE ("taxonomy_id", "code"),
    CONSTRAINT taxonomy_term_code_filled CHECK (trim("code") <> ''),
    CONSTRAINT taxonomy_term_name_latvian CHECK ("name" IS NULL OR COALESCE(jsonb_typeof("name"->'lv') = 'string' AND trim("name"->>'lv') <> '', FALSE)),
    CONSTRAINT taxonomy_term_definition_latvian CHECK ("definition" IS NULL OR COALESCE(jsonb_typeof("definition"->'lv') = 'string' AND trim("definition"->>'lv') <> '', FALSE)),
    CONSTRAINT taxonomy_term_legal_basis_filled CHECK (trim("legal_basis") <> ''),
    CONSTRAINT taxonomy_term_not_in_itself CHECK (parent_id <> id)
);

CREATE INDEX taxonomy_term_taxonomy_id_idx ON "taxonomy_term" ("taxonomy_id");

CREATE INDEX taxonomy_term_parent_id_idx ON "taxonomy_term" ("parent_id");

CREATE TABLE "location" (
    "id" UUID NOT NULL PRIMARY KEY,
    "location_type" VARCHAR(60) NOT NULL,
    "confidential" BOOL NOT NULL,
    "disclosed" BOOL NOT NULL,
    "region_id" UUID NOT NULL REFERENCES "region" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    "name" JSONB,
    "town" JSONB,
    "address" TEXT,
    "postal_code" TEXT,
    "lon" DOUBLE PRECISION,
    "lat" DOUBLE PRECISION,
    "accessibility" JSONB,
    "transportation" JSONB,
    FOREIGN KEY (id) REFERENCES record (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT location_location_type_choice CHECK ("location_type" IN ('physical', 'postal', 'virtual')),
    CONSTRAINT location_name_latvian CHECK ("name" IS NULL OR COALESCE(jsonb_typeof("name"->'lv') = 'string' AND trim("name"->>'lv') <> '', FALSE)),
    CONSTRAINT location_town_latvian CHECK ("town" IS NULL OR COALESCE(jsonb_typeof("town"->'lv') = 'string' AND trim("town"->>'lv') <> '', FALSE)),
    CONSTRAINT location_address_filled CHECK (trim("address") <> ''),
    CONSTRAINT location_postal_code_filled CHECK (trim("postal_code") <> ''),
    CONSTRAINT location_lon_least CHECK ("lon" >= -180),
    CONSTRAINT location_lon_most CHECK ("lon" <= 180),
    CONSTRAINT location_lat_least CHECK ("lat" >= -90),
    CONSTRAINT location_lat_most CHECK ("lat" <= 90),
    CONSTRAINT location_accessibility_latvian CHECK ("accessibility" IS NULL OR COALESCE(jsonb_typeof("accessibility"->'lv') = 'string' AND trim("accessibility"->>'lv') <> '', FALSE)),
    CONSTRAINT location_transportation_latvian CHECK ("transportation" IS NULL OR COALESCE(jsonb_typeof("transportation"->'lv') = 'string' AND trim("transportation"->>'lv') <> '', FALSE)),
    CONSTRAINT location_point CHECK ((lon IS NULL) = (lat IS NULL)),
    CONSTRAINT location_confidential CHECK (NOT confidential OR COALESCE(CAST(name AS TEXT), CAST(town AS TEXT), CAST(address AS TEXT), CAST(postal_code AS TEXT), CAST(lon AS TEXT), CAST(lat AS TEXT), CAST(accessibility AS TEXT), CAST(transportation AS TEXT)) IS NULL)
);

CREATE INDEX location_region_id_idx ON "location" ("region_id");

CREATE TABLE "organisation" (
    "id" UUID NOT NULL PRIMARY KEY,
    "name" JSONB NOT NULL,
    "legal_form" VARCHAR(60),
    "sector" VARCHAR(60),
    "roles" JSONB NOT NULL DEFAULT '[]',
    "description" JSONB,
    "website" TEXT,
    "email" TEXT,
    "email_by_choice" BOOL NOT NULL,
    "phone" TEXT,
    "founded" INT,
    "seat_id" UUID REFERENCES "location" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    "parent_id" UUID REFERENCES "organisation" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (id) REFERENCES record (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT organisation_name_latvian CHECK ("name" IS NULL OR COALESCE(jsonb_typeof("name"->'lv') = 'string' AND trim("name"->>'lv') <> '', FALSE)),
    CONSTRAINT organisation_legal_form_choice CHECK ("legal_form" IN ('association', 'foundation', 'religious', 'company', 'municipality', 'municipal_institution', 'municipal_agency', 'derived_public_body', 'state_institution', 'public_foundation', 'international', 'unit', 'other')),
    CONSTRAINT organisation_sector_choice CHECK ("sector" IN ('ngo', 'municipal', 'state', 'private', 'international')),
    CONSTRAINT organisation_roles_choices CHECK (jsonb_typeof("roles") = 'array' AND "roles" <@ '["social_service", "orphans_court", "provider", "network", "funder", "research", "media", "planning_region", "ministry"]'::jsonb),
    CONSTRAINT organisation_description_latvian CHECK ("description" IS NULL OR COALESCE(jsonb_typeof("description"->'lv') = 'string' AND trim("description"->>'lv') <> '', FALSE)),
    CONSTRAINT organisation_website_url CHECK ("website" ~ '^https?://.'),
    CONSTRAINT organisation_email_email CHECK ("email" ~ '^[^ ,;<>]+@[^ ,;<>]+[.][^ ,;<>]+$'),
    CONSTRAINT organisation_phone_phone CHECK ("phone" ~ '^([+][1-9]|1[0-9][0-9])[0-9]*$'),
    CONSTRAINT organisation_founded_least CHECK ("founded" >= 1000),
    CONSTRAINT organisation_founded_most CHECK ("founded" <= 2200),
    CONSTRAINT organisation_not_in_itself CHECK (parent_id <> id),
    CONSTRAINT organisation_unit CHECK (legal_form <> 'unit' OR parent_id IS NOT NULL)
);

CREATE INDEX organisation_seat_id_idx ON "organisation" ("seat_id");

CREATE INDEX organisation_parent_id_idx ON "organisation" ("parent_id");

CREATE TABLE "service" (
    "id" UUID NOT NULL PRIMARY KEY,
    "name" JSONB NOT NULL,
    "provider_id" UUID NOT NULL REFERENCES "organisation" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    "status" VARCHAR(60),
    "description" JSONB,
    "application_process" JSONB,
    "url" TEXT,
    "email" TEXT,
    "phone" TEXT,
    "forms" JSONB NOT NULL DEFAULT '[]',
    "minimum_age" INT,
    "maximum_age" INT,
    "gender" VARCHAR(60),
    "accompanying_persons" JSONB,
    "funding_sources" JSONB NOT NULL DEFAULT '[]',
    "fee" VARCHAR(60),
    "access_routes" JSONB NOT NULL DEFAULT '[]',
    "residence_rule" VARCHAR(60),
    "response" JSONB NOT NULL DEFAULT '[]',
    "languages" JSONB NOT NULL DEFAULT '[]',
    "register_number" TEXT UNIQUE,
    "register_valid_from" TEXT COLLATE "C",
    "register_valid_to" TEXT COLLATE "C",
    "attested_on" TEXT COLLATE "C",
    FOREIGN KEY (id) REFERENCES record (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT service_name_latvian CHECK ("name" IS NULL OR COALESCE(jsonb_typeof("name"->'lv') = 'string' AND trim("name"->>'lv') <> '', FALSE)),
    CONSTRAINT service_status_choice CHECK ("status" IN ('active', 'inactive', 'defunct', 'temporarily_closed')),
    CONSTRAINT service_description_latvian CHECK ("description" IS NULL OR COALESCE(jsonb_typeof("description"->'lv') = 'string' AND trim("description"->>'lv') <> '', FALSE)),
    CONSTRAINT service_application_process_latvian CHECK ("application_process" IS NULL OR COALESCE(jsonb_typeof("application_process"->'lv') = 'string' AND trim("application_process"->>'lv') <> '', FALSE)),
    CONSTRAINT service_url_url CHECK ("url" ~ '^https?://.'),
    CONSTRAINT service_email_email CHECK ("email" ~ '^[^ ,;<>]+@[^ ,;<>]+[.][^ ,;<>]+$'),
    CONSTRAINT service_phone_phone CHECK ("phone" ~ '^([+][1-9]|1[0-9][0-9])[0-9]*$'),
    CONSTRAINT service_forms_choices CHECK (jsonb_typeof("forms") = 'array' AND "forms" <@ '["residential", "non_residential", "at_home", "remote", "mobile"]'::jsonb),
    CONSTRAINT service_minimum_age_least CHECK ("minimum_age" >= 0),
    CONSTRAINT service_minimum_age_most CHECK ("minimum_age" <= 150),
    CONSTRAINT service_maximum_age_least CHECK ("maximum_age" >= 0),
    CONSTRAINT service_maximum_age_most CHECK ("maximum_age" <= 150),
    CONSTRAINT service_gender_choice CHECK ("gender" IN ('anyone', 'women', 'men')),
    CONSTRAINT service_accompanying_persons_latvian CHECK ("accompanying_persons" IS NULL OR COALESCE(jsonb_typeof("accompanying_persons"->'lv') = 'string' AND trim("accompanying_persons"->>'lv') <> '', FALSE)),
    CONSTRAINT service_funding_sources_choices CHECK (jsonb_typeof("funding_sources") = 'array' AND "funding_sources" <@ '["state", "municipality", "eu_project", "donations", "client"]'::jsonb),
    CONSTRAINT service_fee_choice CHECK ("fee" IN ('free', 'co_payment', 'full')),
    CONSTRAINT service_access_routes_choices CHECK (jsonb_typeof("access_routes") = 'array' AND "access_routes" <@ '["self", "social_service_decision", "orphans_court_decision", "specialist_opinion", "doctor", "police_or_court", "state_agency_decision"]'::jsonb),
    CONSTRAINT service_residence_rule_choice CHECK ("residence_rule" IN ('anyone', 'declared_in_area', 'declared_elsewhere_if_that_municipality_pays', 'crisis_anyone')),
    CONSTRAINT service_response_choices CHECK (jsonb_typeof("response") = 'array' AND "response" <@ '["same_day", "around_the_clock", "by_appointment"]'::jsonb),
    CONSTRAINT service_languages_list CHECK (jsonb_typeof("languages") = 'array'),
    CONSTRAINT service_register_number_filled CHECK (trim("register_number") <> ''),
    CONSTRAINT service_register_valid_from_date CHECK (is_partial_date("register_valid_from")),
    CONSTRAINT service_register_valid_to_date CHECK (is_partial_date("register_valid_to")),
    CONSTRAINT service_attested_on_date CHECK (is_partial_date("attested_on")),
    CONSTRAINT service_ages CHECK (minimum_age <= maximum_age),
    CONSTRAINT service_register_valid_from_not_after_register_valid_to CHECK (register_valid_from <= register_valid_to || '~'),
    CONSTRAINT service_register CHECK (register_number IS NOT NULL OR COALESCE(register_valid_from, register_valid_to) IS NULL)
);

CREATE INDEX service_provider_id_idx ON "service" ("provider_id");

CREATE TABLE "project" (
    "id" UUID NOT NULL PRIMARY KEY,
    "title" JSONB NOT NULL,
    "contract_number" TEXT,
    "programme" JSONB,
    "description" JSONB,
    "url" TEXT,
    "amount_minor" BIGINT,
    "currency" TEXT,
    "starts_on" TEXT COLLATE "C",
    "ends_on" TEXT COLLATE "C",
    "beneficiaries" JSONB,
    FOREIGN KEY (id) REFERENCES record (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT project_title_latvian CHECK ("title" IS NULL OR COALESCE(jsonb_typeof("title"->'lv') = 'string' AND trim("title"->>'lv') <> '', FALSE)),
    CONSTRAINT project_contract_number_filled CHECK (trim("contract_number") <> ''),
    CONSTRAINT project_programme_latvian CHECK ("programme" IS NULL OR COALESCE(jsonb_typeof("programme"->'lv') = 'string' AND trim("programme"->>'lv') <> '', FALSE)),
    CONSTRAINT project_description_latvian CHECK ("description" IS NULL OR COALESCE(jsonb_typeof("description"->'lv') = 'string' AND trim("description"->>'lv') <> '', FALSE)),
    CONSTRAINT project_url_url CHECK ("url" ~ '^https?://.'),
    CONSTRAINT project_currency_code CHECK ("currency" ~ '^[A-Z]{3}$'),
    CONSTRAINT project_starts_on_date CHECK (is_partial_date("starts_on")),
    CONSTRAINT project_ends_on_date CHECK (is_partial_date("ends_on")),
    CONSTRAINT project_beneficiaries_latvian CHECK ("beneficiaries" IS NULL OR COALESCE(jsonb_typeof("beneficiaries"->'lv') = 'string' AND trim("beneficiaries"->>'lv') <> '', FALSE)),
    CONSTRAINT project_amount CHECK (amount_minor >= 0),
    CONSTRAINT project_currency CHECK ((amount_minor IS NULL) = (currency IS NULL)),
    CONSTRAINT project_starts_on_not_after_ends_on CHECK (starts_on <= ends_on || '~')
);

CREATE TABLE "agreement" (
    "id" UUID NOT NULL PRIMARY KEY,
    "basis" VARCHAR(60) NOT NULL,
    "title" JSONB,
    "number" TEXT,
    "description" JSONB,
    "url" TEXT,
    "signed_on" TEXT COLLATE "C",
    "valid_from" TEXT COLLATE "C",
    "valid_to" TEXT COLLATE "C",
    "legal_basis" TEXT,
    "procurement_id" TEXT,
    "value_minor" BIGINT,
    "unit_price_minor" BIGINT,
    "co_payment_minor" BIGINT,
    "currency" TEXT,
    "unit" JSONB,
    "volume" DECIMAL(18,4),
    "extension" JSONB,
    FOREIGN KEY (id) REFERENCES record (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT agreement_basis_choice CHECK ("basis" IN ('law', 'regulation', 'decision', 'contract')),
    CONSTRAINT agreement_title_latvian CHECK ("title" IS NULL OR COALESCE(jsonb_typeof("title"->'lv') = 'string' AND trim("title"->>'lv') <> '', FALSE)),
    CONSTRAINT agreement_number_filled CHECK (trim("number") <> ''),
    CONSTRAINT agreement_description_latvian CHECK ("description" IS NULL OR COALESCE(jsonb_typeof("description"->'lv') = 'string' AND trim("description"->>'lv') <> '', FALSE)),
    CONSTRAINT agreement_url_url CHECK ("url" ~ '^https?://.'),
    CONSTRAINT agreement_signed_on_date CHECK (is_partial_date("signed_on")),
    CONSTRAINT agreement_valid_from_date CHECK (is_partial_date("valid_from")),
    CONSTRAINT agreement_valid_to_date CHECK (is_partial_date("valid_to")),
    CONSTRAINT agreement_legal_basis_filled CHECK (trim("legal_basis") <> ''),
    CONSTRAINT agreement_procurement_id_filled CHECK (trim("procurement_id") <> ''),
    CONSTRAINT agreement_currency_code CHECK ("currency" ~ '^[A-Z]{3}$'),
    CONSTRAINT agreement_unit_latvian CHECK ("unit" IS NULL OR COALESCE(jsonb_typeof("unit"->'lv') = 'string' AND trim("unit"->>'lv') <> '', FALSE)),
    CONSTRAINT agreement_volume_number CHECK ("volume" <> 'NaN'),
    CONSTRAINT agreement_volume_least CHECK (CAST("volume" AS NUMERIC) >= 0),
    CONSTRAINT agreement_extension_latvian CHECK ("extension" IS NULL OR COALESCE(jsonb_typeof("extension"->'lv') = 'string' AND trim("extension"->>'lv') <> '', FALSE)),
    CONSTRAINT agreement_contract_number CHECK (basis <> 'contract' OR number IS NOT NULL),
    CONSTRAINT agreement_value CHECK (value_minor >= 0),
    CONSTRAINT agreement_unit_price CHECK (unit_price_minor >= 0),
    CONSTRAINT agreement_co_payment CHECK (co_payment_minor >= 0),
    CONSTRAINT agreement_currency CHECK ((COALESCE(value_minor, unit_price_minor, co_payment_minor) IS NULL) = (currency IS NULL)),
    CONSTRAINT agreement_unit CHECK (unit_price_minor IS NULL OR unit IS NOT NULL),
    CONSTRAINT agreement_valid_from_not_after_valid_to CHECK (valid_from <= valid_to || '~')
);

CREATE TABLE "cooperation_link" (
    "id" UUID NOT NULL PRIMARY KEY,
    "kind" VARCHAR(60) NOT NULL,
    "side_a_id" UUID NOT NULL REFERENCES "organisation" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    "side_b_id" UUID NOT NULL REFERENCES "organisation" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    "description" JSONB,
    "valid_from" TEXT COLLATE "C",
    "valid_to" TEXT COLLATE "C",
    "attested_on" TEXT COLLATE "C",
    "agreement_id" UUID REFERENCES "agreement" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    "project_id" UUID REFERENCES "project" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (id) REFERENCES record (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT cooperation_link_kind_choice CHECK ("kind" IN ('cooperation', 'delegation', 'participation_contract', 'purchase', 'grant', 'joint_project', 'referral', 'information_exchange', 'membership', 'representation', 'infrastructure')),
    CONSTRAINT cooperation_link_description_latvian CHECK ("description" IS NULL OR COALESCE(jsonb_typeof("description"->'lv') = 'string' AND trim("description"->>'lv') <> '', FALSE)),
    CONSTRAINT cooperation_link_valid_from_date CHECK (is_partial_date("valid_from")),
    CONSTRAINT cooperation_link_valid_to_date CHECK (is_partial_date("valid_to")),
    CONSTRAINT cooperation_link_attested_on_date CHECK (is_partial_date("attested_on")),
    CONSTRAINT cooperation_link_sides CHECK (side_a_id <> side_b_id),
    CONSTRAINT cooperation_link_valid_from_not_after_valid_to CHECK (valid_from <= valid_to || '~'),
    CONSTRAINT cooperation_link_valid_from_not_after_attested_on CHECK (valid_from <= attested_on || '~')
);

CREATE INDEX cooperation_link_side_a_id_idx ON "cooperation_link" ("side_a_id");

CREATE INDEX cooperation_link_side_b_id_idx ON "cooperation_link" ("side_b_id");

CREATE INDEX cooperation_link_agreement_id_idx ON "cooperation_link" ("agreement_id");

CREATE INDEX cooperation_link_project_id_idx ON "cooperation_link" ("project_id");

CREATE TABLE "event" (
    "id" UUID NOT NULL PRIMARY KEY,
    "title" JSONB NOT NULL,
    "kind" VARCHAR(60) NOT NULL,
    "description" JSONB,
    "starts_on" TEXT COLLATE "C",
    "ends_on" TEXT COLLATE "C",
    "start_time" TEXT,
    "occurrences" INT,
    "location_id" UUID REFERENCES "location" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    "attendance" INT,
    "project_id" UUID REFERENCES "project" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    "url" TEXT,
    FOREIGN KEY (id) REFERENCES record (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT event_title_latvian CHECK ("title" IS NULL OR COALESCE(jsonb_typeof("title"->'lv') = 'string' AND trim("title"->>'lv') <> '', FALSE)),
    CONSTRAINT event_kind_choice CHECK ("kind" IN ('conference', 'round_table', 'discussion', 'meeting', 'meeting_series', 'training', 'campaign', 'broadcast', 'other')),
    CONSTRAINT event_description_latvian CHECK ("description" IS NULL OR COALESCE(jsonb_typeof("description"->'lv') = 'string' AND trim("description"->>'lv') <> '', FALSE)),
    CONSTRAINT event_starts_on_date CHECK (is_partial_date("starts_on")),
    CONSTRAINT event_ends_on_date CHECK (is_partial_date("ends_on")),
    CONSTRAINT event_start_time_clock CHECK ("start_time" ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
    CONSTRAINT event_occurrences_least CHECK ("occurrences" >= 1),
    CONSTRAINT event_attendance_least CHECK ("attendance" >= 0),
    CONSTRAINT event_url_url CHECK ("url" ~ '^https?://.'),
    CONSTRAINT event_starts_on_not_after_ends_on CHECK (starts_on <= ends_on || '~'),
    CONSTRAINT event_end CHECK (ends_on IS NULL OR starts_on IS NOT NULL),
    CONSTRAINT event_start_time CHECK (start_time IS NULL OR starts_on IS NOT NULL)
);

CREATE INDEX event_location_id_idx ON "event" ("location_id");

CREATE INDEX event_project_id_idx ON "event" ("project_id");

CREATE TABLE "need" (
    "id" UUID NOT NULL PRIMARY KEY,
    "stated_by_id" UUID NOT NULL REFERENCES "organisation" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    "region_id" UUID NOT NULL REFERENCES "region" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    "category_id" UUID NOT NULL REFERENCES "taxonomy_term" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    "target_group_id" UUID REFERENCES "taxonomy_term" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    "statement" VARCHAR(60) NOT NULL,
    "description" JSONB,
    "waiting" INT,
    "fewer_than_five" BOOL NOT NULL,
    "period_from" TEXT COLLATE "C",
    "period_to" TEXT COLLATE "C",
    FOREIGN KEY (id) REFERENCES record (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT need_statement_choice CHECK ("statement" IN ('needed', 'enough', 'none_here', 'bought_elsewhere')),
    CONSTRAINT need_description_latvian CHECK ("description" IS NULL OR COALESCE(jsonb_typeof("description"->'lv') = 'string' AND trim("description"->>'lv') <> '', FALSE)),
    CONSTRAINT need_waiting_least CHECK ("waiting" >= 0),
    CONSTRAINT need_period_from_date CHECK (is_partial_date("period_from")),
    CONSTRAINT need_period_to_date CHECK (is_partial_date("period_to")),
    CONSTRAINT need_period_from_not_after_period_to CHECK (period_from <= period_to || '~'),
    CONSTRAINT need_waiting_not_few CHECK (waiting = 0 OR waiting >= 5),
    CONSTRAINT need_fewer_than_five CHECK (NOT fewer_than_five OR waiting IS NULL)
);

CREATE INDEX need_stated_by_id_idx ON "need" ("stated_by_id");

CREATE INDEX need_region_id_idx ON "need" ("region_id");

CREATE INDEX need_category_id_idx ON "need" ("category_id");

CREATE INDEX need_target_group_id_idx ON "need" ("target_group_id");

CREATE TABLE "figure" (
    "id" UUID NOT NULL PRIMARY KEY,
    "indicator" TEXT NOT NULL,
    "name" JSONB NOT NULL,
    "value" DECIMAL(18,4) NOT NULL,
    "qualifier" VARCHAR(60) NOT NULL,
    "unit" JSONB NOT NULL,
    "as_of" TEXT COLLATE "C",
    "description" JSONB,
    "region_id" UUID REFERENCES "region" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    "organisation_id" UUID REFERENCES "organisation" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    "service_id" UUID REFERENCES "service" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    "project_id" UUID REFERENCES "project" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (id) REFERENCES record (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT figure_indicator_filled CHECK (trim("indicator") <> ''),
    CONSTRAINT figure_name_latvian CHECK ("name" IS NULL OR COALESCE(jsonb_typeof("name"->'lv') = 'string' AND trim("name"->>'lv') <> '', FALSE)),
    CONSTRAINT figure_value_number CHECK ("value" <> 'NaN'),
    CONSTRAINT figure_qualifier_choice CHECK ("qualifier" IN ('exact', 'more_than', 'about')),
    CONSTRAINT figure_unit_latvian CHECK ("unit" IS NULL OR COALESCE(jsonb_typeof("unit"->'lv') = 'string' AND trim("unit"->>'lv') <> '', FALSE)),
    CONSTRAINT figure_as_of_date CHECK (is_partial_date("as_of")),
    CONSTRAINT figure_description_latvian CHECK ("description" IS NULL OR COALESCE(jsonb_typeof("description"->'lv') = 'string' AND trim("description"->>'lv') <> '', FALSE)),
    CONSTRAINT figure_subject CHECK (1 = CASE WHEN region_id IS NULL THEN 0 ELSE 1 END + CASE WHEN organisation_id IS NULL THEN 0 ELSE 1 END + CASE WHEN service_id IS NULL THEN 0 ELSE 1 END + CASE WHEN project_id IS NULL THEN 0 ELSE 1 END)
);

CREATE INDEX figure_region_id_idx ON "figure" ("region_id");

CREATE INDEX figure_organisation_id_idx ON "figure" ("organisation_id");

CREATE INDEX figure_service_id_idx ON "figure" ("service_id");

CREATE INDEX figure_project_id_idx ON "figure" ("project_id");

CREATE TABLE "location_private" (
    "location_id" UUID NOT NULL PRIMARY KEY REFERENCES "location" (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    "content" JSONB NOT NULL
);

CREATE TABLE "evidence" (
    "id" UUID NOT NULL PRIMARY KEY,
    "position" INT NOT NULL,
    "owner_id" UUID NOT NULL REFERENCES "record" (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    "source_id" UUID NOT NULL REFERENCES "source" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    "basis" VARCHAR(60) NOT NULL,
    "says" JSONB NOT NULL,
    "locator" TEXT,
    "field" TEXT,
    "speaks_for" VARCHAR(60),
    CONSTRAINT evidence_position_least CHECK ("position" >= 0),
    CONSTRAINT evidence_basis_choice CHECK ("basis" IN ('stated', 'inferred')),
    CONSTRAINT evidence_says_latvian CHECK ("says" IS NULL OR COALESCE(jsonb_typeof("says"->'lv') = 'string' AND trim("says"->>'lv') <> '', FALSE)),
    CONSTRAINT evidence_locator_filled CHECK (trim("locator") <> ''),
    CONSTRAINT evidence_field_filled CHECK (trim("field") <> ''),
    CONSTRAINT evidence_speaks_for_choice CHECK ("speaks_for" IN ('side_a', 'side_b', 'both', 'third'))
);

CREATE INDEX evidence_owner_id_idx ON "evidence" ("owner_id");

CREATE INDEX evidence_source_id_idx ON "evidence" ("source_id");

CREATE TABLE "region_succession" (
    "id" UUID NOT NULL PRIMARY KEY,
    "position" INT NOT NULL,
    "owner_id" UUID NOT NULL REFERENCES "region" (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    "successor_id" UUID NOT NULL REFERENCES "region" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    "relation" VARCHAR(60) NOT NULL,
    "part" JSONB,
    "on" DATE NOT NULL,
    "former_atvk" TEXT,
    CONSTRAINT region_succession_owner_successor_key UNIQUE ("owner_id", "successor_id"),
    CONSTRAINT region_succession_position_least CHECK ("position" >= 0),
    CONSTRAINT region_succession_relation_choice CHECK ("relation" IN ('merged_into', 'enlarged', 'unchanged', 'split')),
    CONSTRAINT region_succession_part_latvian CHECK ("part" IS NULL OR COALESCE(jsonb_typeof("part"->'lv') = 'string' AND trim("part"->>'lv') <> '', FALSE)),
    CONSTRAINT region_succession_former_atvk_filled CHECK (trim("former_atvk") <> ''),
    CONSTRAINT region_succession_unchanged CHECK ((relation = 'unchanged') = (successor_id = owner_id)),
    CONSTRAINT region_succession_part CHECK ((relation = 'split') = (part IS NOT NULL))
);

CREATE INDEX region_succession_owner_id_idx ON "region_succession" ("owner_id");

CREATE INDEX region_succession_successor_id_idx ON "region_succession" ("successor_id");

CREATE TABLE "region_nuts" (
    "id" UUID NOT NULL PRIMARY KEY,
    "position" INT NOT NULL,
    "owner_id" UUID NOT NULL REFERENCES "region" (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    "version" INT NOT NULL,
    "code" TEXT NOT NULL,
    CONSTRAINT region_nuts_owner_version_key UNIQUE ("owner_id", "version"),
    CONSTRAINT region_nuts_position_least CHECK ("position" >= 0),
    CONSTRAINT region_nuts_version_least CHECK ("version" >= 2003),
    CONSTRAINT region_nuts_version_most CHECK ("version" <= 2100),
    CONSTRAINT region_nuts_code_filled CHECK (trim("code") <> '')
);

CREATE INDEX region_nuts_owner_id_idx ON "region_nuts" ("owner_id");

CREATE TABLE "taxonomy_alias" (
    "id" UUID NOT NULL PRIMARY KEY,
    "position" INT NOT NULL,
    "owner_id" UUID NOT NULL REFERENCES "taxonomy_term" (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    "name" TEXT NOT NULL,
    CONSTRAINT taxonomy_alias_owner_name_key UNIQUE ("owner_id", "name"),
    CONSTRAINT taxonomy_alias_position_least CHECK ("position" >= 0),
    CONSTRAINT taxonomy_alias_name_filled CHECK (trim("name") <> '')
);

CREATE INDEX taxonomy_alias_owner_id_idx ON "taxonomy_alias" ("owner_id");

CREATE TABLE "taxonomy_mapping" (
    "id" UUID NOT NULL PRIMARY KEY,
    "position" INT NOT NULL,
    "owner_id" UUID NOT NULL REFERENCES "taxonomy_term" (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    "scheme" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    CONSTRAINT taxonomy_mapping_owner_scheme_value_key UNIQUE ("owner_id", "scheme", "value"),
    CONSTRAINT taxonomy_mapping_position_least CHECK ("position" >= 0),
    CONSTRAINT taxonomy_mapping_scheme_filled CHECK (trim("scheme") <> ''),
    CONSTRAINT taxonomy_mapping_value_filled CHECK (trim("value") <> '')
);

CREATE INDEX taxonomy_mapping_owner_id_idx ON "taxonomy_mapping" ("owner_id");

CREATE TABLE "organisation_name" (
    "id" UUID NOT NULL PRIMARY KEY,
    "position" INT NOT NULL,
    "owner_id" UUID NOT NULL REFERENCES "organisation" (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    "name" TEXT NOT NULL,
    CONSTRAINT organisation_name_owner_name_key UNIQUE ("owner_id", "name"),
    CONSTRAINT organisation_name_position_least CHECK ("position" >= 0),
    CONSTRAINT organisation_name_name_filled CHECK (trim("name") <> '')
);

CREATE INDEX organisation_name_owner_id_idx ON "organisation_name" ("owner_id");

CREATE TABLE "organisation_identifier" (
    "id" UUID NOT NULL PRIMARY KEY,
    "position" INT NOT NULL,
    "owner_id" UUID NOT NULL REFERENCES "organisation" (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    "scheme" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    CONSTRAINT organisation_identifier_scheme_value_key UNIQUE ("scheme", "value"),
    CONSTRAINT organisation_identifier_position_least CHECK ("position" >= 0),
    CONSTRAINT organisation_identifier_scheme_filled CHECK (trim("scheme") <> ''),
    CONSTRAINT organisation_identifier_value_filled CHECK (trim("value") <> ''),
    CONSTRAINT organisation_identifier_registration_number CHECK (scheme <> 'registration_number' OR value ~ '^[0-9]{11}$')
);

CREATE INDEX organisation_identifier_owner_id_idx ON "organisation_identifier" ("owner_id");

CREATE TABLE "organisation_status" (
    "id" UUID NOT NULL PRIMARY KEY,
    "position" INT NOT NULL,
    "owner_id" UUID NOT NULL REFERENCES "organisation" (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    "kind" VARCHAR(60) NOT NULL,
    "valid_from" TEXT COLLATE "C",
    "valid_to" TEXT COLLATE "C",
    CONSTRAINT organisation_status_position_least CHECK ("position" >= 0),
    CONSTRAINT organisation_status_kind_choice CHECK ("kind" IN ('social_enterprise', 'public_benefit')),
    CONSTRAINT organisation_status_valid_from_date CHECK (is_partial_date("valid_from")),
    CONSTRAINT organisation_status_valid_to_date CHECK (is_partial_date("valid_to")),
    CONSTRAINT organisation_status_valid_from_not_after_valid_to CHECK (valid_from <= valid_to || '~')
);

CREATE INDEX organisation_status_owner_id_idx ON "organisation_status" ("owner_id");

CREATE TABLE "organisation_authority" (
    "id" UUID NOT NULL PRIMARY KEY,
    "position" INT NOT NULL,
    "owner_id" UUID NOT NULL REFERENCES "organisation" (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    "region_id" UUID NOT NULL REFERENCES "region" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    "valid_from" TEXT COLLATE "C",
    "valid_to" TEXT COLLATE "C",
    CONSTRAINT organisation_authority_position_least CHECK ("position" >= 0),
    CONSTRAINT organisation_authority_valid_from_date CHECK (is_partial_date("valid_from")),
    CONSTRAINT organisation_authority_valid_to_date CHECK (is_partial_date("valid_to")),
    CONSTRAINT organisation_authority_valid_from_not_after_valid_to CHECK (valid_from <= valid_to || '~')
);

CREATE INDEX organisation_authority_owner_id_idx ON "organisation_authority" ("owner_id");

CREATE INDEX organisation_authority_region_id_idx ON "organisation_authority" ("region_id");

CREATE TABLE "service_capacity" (
    "id" UUID NOT NULL PRIMARY KEY,
    "position" INT NOT NULL,
    "owner_id" UUID NOT NULL REFERENCES "service" (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    "value" INT NOT NULL,
    "qualifier" VARCHAR(60) NOT NULL,
    "unit" JSONB NOT NULL,
    "as_of" TEXT COLLATE "C",
    CONSTRAINT service_capacity_position_least CHECK ("position" >= 0),
    CONSTRAINT service_capacity_value_least CHECK ("value" >= 0),
    CONSTRAINT service_capacity_qualifier_choice CHECK ("qualifier" IN ('exact', 'more_than', 'about')),
    CONSTRAINT service_capacity_unit_latvian CHECK ("unit" IS NULL OR COALESCE(jsonb_typeof("unit"->'lv') = 'string' AND trim("unit"->>'lv') <> '', FALSE)),
    CONSTRAINT service_capacity_as_of_date CHECK (is_partial_date("as_of"))
);

CREATE INDEX service_capacity_owner_id_idx ON "service_capacity" ("owner_id");

CREATE TABLE "service_cost" (
    "id" UUID NOT NULL PRIMARY KEY,
    "position" INT NOT NULL,
    "owner_id" UUID NOT NULL REFERENCES "service" (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    "amount_minor" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "unit" JSONB,
    "description" JSONB,
    CONSTRAINT service_cost_position_least CHECK ("position" >= 0),
    CONSTRAINT service_cost_currency_code CHECK ("currency" ~ '^[A-Z]{3}$'),
    CONSTRAINT service_cost_unit_latvian CHECK ("unit" IS NULL OR COALESCE(jsonb_typeof("unit"->'lv') = 'string' AND trim("unit"->>'lv') <> '', FALSE)),
    CONSTRAINT service_cost_description_latvian CHECK ("description" IS NULL OR COALESCE(jsonb_typeof("description"->'lv') = 'string' AND trim("description"->>'lv') <> '', FALSE)),
    CONSTRAINT service_cost_amount CHECK (amount_minor >= 0)
);

CREATE INDEX service_cost_owner_id_idx ON "service_cost" ("owner_id");

CREATE TABLE "service_document" (
    "id" UUID NOT NULL PRIMARY KEY,
    "position" INT NOT NULL,
    "owner_id" UUID NOT NULL REFERENCES "service" (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    "name" JSONB NOT NULL,
    CONSTRAINT service_document_position_least CHECK ("position" >= 0),
    CONSTRAINT service_document_name_latvian CHECK ("name" IS NULL OR COALESCE(jsonb_typeof("name"->'lv') = 'string' AND trim("name"->>'lv') <> '', FALSE))
);

CREATE INDEX service_document_owner_id_idx ON "service_document" ("owner_id");

CREATE TABLE "service_schedule" (
    "id" UUID NOT NULL PRIMARY KEY,
    "position" INT NOT NULL,
    "owner_id" UUID NOT NULL REFERENCES "service" (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    "byday" TEXT,
    "opens_at" TEXT,
    "closes_at" TEXT,
    "valid_from" DATE,
    "valid_to" DATE,
    "description" JSONB,
    CONSTRAINT service_schedule_position_least CHECK ("position" >= 0),
    CONSTRAINT service_schedule_byday_filled CHECK (trim("byday") <> ''),
    CONSTRAINT service_schedule_opens_at_clock CHECK ("opens_at" ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
    CONSTRAINT service_schedule_closes_at_clock CHECK ("closes_at" ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
    CONSTRAINT service_schedule_description_latvian CHECK ("description" IS NULL OR COALESCE(jsonb_typeof("description"->'lv') = 'string' AND trim("description"->>'lv') <> '', FALSE)),
    CONSTRAINT service_schedule_period CHECK (valid_from <= valid_to),
    CONSTRAINT service_schedule_hours CHECK (closes_at IS NULL OR opens_at IS NOT NULL)
);

CREATE INDEX service_schedule_owner_id_idx ON "service_schedule" ("owner_id");

CREATE TABLE "service_quality" (
    "id" UUID NOT NULL PRIMARY KEY,
    "position" INT NOT NULL,
    "owner_id" UUID NOT NULL REFERENCES "service" (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    "criterion" JSONB NOT NULL,
    "met" BOOL,
    "evidence_id" UUID REFERENCES "evidence" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    "checked_on" TEXT COLLATE "C",
    CONSTRAINT service_quality_position_least CHECK ("position" >= 0),
    CONSTRAINT service_quality_criterion_latvian CHECK ("criterion" IS NULL OR COALESCE(jsonb_typeof("criterion"->'lv') = 'string' AND trim("criterion"->>'lv') <> '', FALSE)),
    CONSTRAINT service_quality_checked_on_date CHECK (is_partial_date("checked_on"))
);

CREATE INDEX service_quality_owner_id_idx ON "service_quality" ("owner_id");

CREATE INDEX service_quality_evidence_id_idx ON "service_quality" ("evidence_id");

CREATE TABLE "project_participation" (
    "id" UUID NOT NULL PRIMARY KEY,
    "position" INT NOT NULL,
    "owner_id" UUID NOT NULL REFERENCES "project" (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    "organisation_id" UUID NOT NULL REFERENCES "organisation" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    "role" VARCHAR(60) NOT NULL,
    "share_percent" DECIMAL(5,2),
    "amount_minor" BIGINT,
    "currency" TEXT,
    CONSTRAINT project_participation_owner_organisation_role_key UNIQUE ("owner_id", "organisation_id", "role"),
    CONSTRAINT project_participation_position_least CHECK ("position" >= 0),
    CONSTRAINT project_participation_role_choice CHECK ("role" IN ('lead', 'partner', 'funder', 'administrator', 'contractor')),
    CONSTRAINT project_participation_share_percent_number CHECK ("share_percent" <> 'NaN'),
    CONSTRAINT project_participation_share_percent_least CHECK (CAST("share_percent" AS NUMERIC) >= 0),
    CONSTRAINT project_participation_share_percent_most CHECK (CAST("share_percent" AS NUMERIC) <= 100),
    CONSTRAINT project_participation_currency_code CHECK ("currency" ~ '^[A-Z]{3}$'),
    CONSTRAINT project_participation_amount CHECK (amount_minor >= 0),
    CONSTRAINT project_participation_currency CHECK ((amount_minor IS NULL) = (currency IS NULL))
);

CREATE INDEX project_participation_owner_id_idx ON "project_participation" ("owner_id");

CREATE INDEX project_participation_organisation_id_idx ON "project_participation" ("organisation_id");

CREATE TABLE "project_activity" (
    "id" UUID NOT NULL PRIMARY KEY,
    "position" INT NOT NULL,
    "owner_id" UUID NOT NULL REFERENCES "project" (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    "name" JSONB NOT NULL,
    CONSTRAINT project_activity_position_least CHECK ("position" >= 0),
    CONSTRAINT project_activity_name_latvian CHECK ("name" IS NULL OR COALESCE(jsonb_typeof("name"->'lv') = 'string' AND trim("name"->>'lv') <> '', FALSE))
);

CREATE INDEX project_activity_owner_id_idx ON "project_activity" ("owner_id");

CREATE TABLE "project_output" (
    "id" UUID NOT NULL PRIMARY KEY,
    "position" INT NOT NULL,
    "owner_id" UUID NOT NULL REFERENCES "project" (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    "name" JSONB NOT NULL,
    "on" TEXT COLLATE "C",
    "url" TEXT,
    CONSTRAINT project_output_position_least CHECK ("position" >= 0),
    CONSTRAINT project_output_name_latvian CHECK ("name" IS NULL OR COALESCE(jsonb_typeof("name"->'lv') = 'string' AND trim("name"->>'lv') <> '', FALSE)),
    CONSTRAINT project_output_on_date CHECK (is_partial_date("on")),
    CONSTRAINT project_output_url_url CHECK ("url" ~ '^https?://.')
);

CREATE INDEX project_output_owner_id_idx ON "project_output" ("owner_id");

CREATE TABLE "event_participation" (
    "id" UUID NOT NULL PRIMARY KEY,
    "position" INT NOT NULL,
    "owner_id" UUID NOT NULL REFERENCES "event" (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    "organisation_id" UUID NOT NULL REFERENCES "organisation" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    "role" VARCHAR(60) NOT NULL,
    CONSTRAINT event_participation_owner_organisation_role_key UNIQUE ("owner_id", "organisation_id", "role"),
    CONSTRAINT event_participation_position_least CHECK ("position" >= 0),
    CONSTRAINT event_participation_role_choice CHECK ("role" IN ('organiser', 'host', 'moderator', 'speaker', 'participant'))
);

CREATE INDEX event_participation_owner_id_idx ON "event_participation" ("owner_id");

CREATE INDEX event_participation_organisation_id_idx ON "event_participation" ("organisation_id");

CREATE TABLE "confirmation" (
    "id" UUID NOT NULL PRIMARY KEY,
    "link_id" UUID NOT NULL REFERENCES "record" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    "side" VARCHAR(60) NOT NULL,
    "state" VARCHAR(60) NOT NULL,
    "on" DATE NOT NULL,
    "role" VARCHAR(60) NOT NULL,
    "organisation_id" UUID REFERENCES "record" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    "source_id" UUID REFERENCES "record" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    "tie_level" INT,
    "note" TEXT,
    "at" TIMESTAMPTZ NOT NULL,
    CONSTRAINT confirmation_side_choice CHECK ("side" IN ('side_a', 'side_b')),
    CONSTRAINT confirmation_state_choice CHECK ("state" IN ('unasked', 'asked', 'confirmed', 'disputed')),
    CONSTRAINT confirmation_role_choice CHECK ("role" IN ('representative', 'mail', 'editor', 'system')),
    CONSTRAINT confirmation_tie_level_least CHECK ("tie_level" >= 0),
    CONSTRAINT confirmation_tie_level_most CHECK ("tie_level" <= 5),
    CONSTRAINT confirmation_note_filled CHECK (trim("note") <> ''),
    CONSTRAINT confirmation_representative CHECK (role NOT IN ('representative', 'mail') OR organisation_id IS NOT NULL),
    CONSTRAINT confirmation_editor CHECK (role <> 'editor' OR state = 'asked' OR source_id IS NOT NULL),
    CONSTRAINT confirmation_system CHECK ((role = 'system') = (state = 'unasked'))
);

CREATE INDEX confirmation_link_id_idx ON "confirmation" ("link_id");

CREATE INDEX confirmation_organisation_id_idx ON "confirmation" ("organisation_id");

CREATE INDEX confirmation_source_id_idx ON "confirmation" ("source_id");

CREATE TABLE "availability" (
    "id" UUID NOT NULL PRIMARY KEY,
    "service_id" UUID NOT NULL REFERENCES "record" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    "state" VARCHAR(60) NOT NULL,
    "free_places" INT,
    "weeks_to_wait" INT,
    "as_of" DATE NOT NULL,
    "role" TEXT NOT NULL,
    "at" TIMESTAMPTZ NOT NULL,
    CONSTRAINT availability_state_choice CHECK ("state" IN ('open', 'queue', 'full', 'unknown')),
    CONSTRAINT availability_free_places_least CHECK ("free_places" >= 0),
    CONSTRAINT availability_weeks_to_wait_least CHECK ("weeks_to_wait" >= 0),
    CONSTRAINT availability_role_filled CHECK (trim("role") <> ''),
    CONSTRAINT availability_places CHECK (free_places IS NULL OR state = 'open'),
    CONSTRAINT availability_weeks CHECK (weeks_to_wait IS NULL OR state = 'queue')
);

CREATE INDEX availability_service_id_idx ON "availability" ("service_id");

CREATE TABLE "revision" (
    "id" UUID NOT NULL PRIMARY KEY,
    "record_id" UUID NOT NULL,
    "noun" TEXT NOT NULL,
    "kind" VARCHAR(60) NOT NULL,
    "act" VARCHAR(60) NOT NULL,
    "state" VARCHAR(60) NOT NULL,
    "content" JSONB NOT NULL,
    "format" INT NOT NULL,
    "base_id" UUID REFERENCES "revision" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    "batch" UUID,
    "edition" INT NOT NULL,
    "version" INT,
    "author" TEXT NOT NULL,
    "decided_by" TEXT,
    "reason" TEXT,
    "due_at" TIMESTAMPTZ,
    "at" TIMESTAMPTZ NOT NULL,
    "transaction" BIGINT,
    CONSTRAINT revision_noun_filled CHECK (trim("noun") <> ''),
    CONSTRAINT revision_noun_known CHECK (noun IN ('source', 'region', 'taxonomy', 'taxonomy_term', 'location', 'organisation', 'service', 'project', 'agreement', 'cooperation_link', 'event', 'need', 'figure')),
    CONSTRAINT revision_kind_choice CHECK ("kind" IN ('content', 'act')),
    CONSTRAINT revision_act_choice CHECK ("act" IN ('publish', 'withdraw', 'merge', 'assure', 'confirm', 'availability')),
    CONSTRAINT revision_state_choice CHECK ("state" IN ('draft', 'in_review', 'sent_back', 'scheduled', 'discarded', 'done')),
    CONSTRAINT revision_format_least CHECK ("format" >= 1),
    CONSTRAINT revision_edition_least CHECK ("edition" >= 1),
    CONSTRAINT revision_version_least CHECK ("version" >= 1),
    CONSTRAINT revision_author_filled CHECK (trim("author") <> ''),
    CONSTRAINT revision_decided_by_filled CHECK (trim("decided_by") <> ''),
    CONSTRAINT revision_reason_filled CHECK (trim("reason") <> ''),
    CONSTRAINT revision_kind CHECK ((kind = 'content') = (act IN ('publish', 'withdraw', 'merge'))),
    CONSTRAINT revision_act_is_done CHECK (kind = 'content' OR state = 'done'),
    CONSTRAINT revision_done_has_version CHECK ((state = 'done') = (version IS NOT NULL)),
    CONSTRAINT revision_done_is_logged CHECK ((state = 'done') = ("transaction" IS NOT NULL)),
    CONSTRAINT revision_draft_in_batch CHECK (state = 'done' OR batch IS NOT NULL),
    CONSTRAINT revision_scheduled_has_hour CHECK (state <> 'scheduled' OR due_at IS NOT NULL),
    CONSTRAINT revision_sent_back_has_reason CHECK (state <> 'sent_back' OR (reason IS NOT NULL AND decided_by IS NOT NULL)),
    CONSTRAINT revision_not_its_own_base CHECK (base_id <> id)
);

CREATE INDEX revision_record_id_idx ON "revision" ("record_id");

CREATE INDEX revision_state_idx ON "revision" ("state");

CREATE INDEX revision_base_id_idx ON "revision" ("base_id");

CREATE INDEX revision_batch_idx ON "revision" ("batch");

CREATE INDEX revision_transaction_idx ON "revision" ("transaction");

CREATE TABLE "change_clock" (
    "id" INT NOT NULL PRIMARY KEY,
    "seq" BIGINT NOT NULL,
    "epoch" TEXT NOT NULL,
    CONSTRAINT change_clock_epoch_filled CHECK (trim("epoch") <> ''),
    CONSTRAINT change_clock_one_row CHECK (id = 1),
    CONSTRAINT change_clock_seq CHECK (seq >= 0)
);

CREATE TABLE "change" (
    "seq" BIGINT NOT NULL PRIMARY KEY,
    "transaction" BIGINT NOT NULL,
    "noun" TEXT NOT NULL,
    "record_id" UUID NOT NULL REFERENCES "record" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    "act" VARCHAR(60) NOT NULL,
    "payload" JSONB NOT NULL,
    "at" TIMESTAMPTZ NOT NULL,
    CONSTRAINT change_noun_filled CHECK (trim("noun") <> ''),
    CONSTRAINT change_noun_known CHECK (noun IN ('source', 'region', 'taxonomy', 'taxonomy_term', 'location', 'organisation', 'service', 'project', 'agreement', 'cooperation_link', 'event', 'need', 'figure')),
    CONSTRAINT change_act_choice CHECK ("act" IN ('publish', 'withdraw', 'merge', 'assure', 'confirm', 'availability')),
    CONSTRAINT change_transaction CHECK ("transaction" <= seq)
);

CREATE INDEX change_transaction_idx ON "change" ("transaction");

CREATE INDEX change_record_id_idx ON "change" ("record_id");

CREATE TABLE "account" (
    "id" UUID NOT NULL PRIMARY KEY,
    "role" VARCHAR(60) NOT NULL,
    "email" TEXT UNIQUE,
    "name" TEXT,
    "language" TEXT NOT NULL,
    "password" TEXT,
    "totp_secret" TEXT,
    "totp_step" BIGINT,
    "created_at" TIMESTAMPTZ NOT NULL,
    "joined_at" TIMESTAMPTZ,
    "reminded_at" TIMESTAMPTZ,
    "closed_at" TIMESTAMPTZ,
    CONSTRAINT account_role_choice CHECK ("role" IN ('administrator', 'editor', 'reviewer', 'representative', 'analyst')),
    CONSTRAINT account_email_email CHECK ("email" ~ '^[^ ,;<>]+@[^ ,;<>]+[.][^ ,;<>]+$'),
    CONSTRAINT account_name_filled CHECK (trim("name") <> ''),
    CONSTRAINT account_language_filled CHECK (trim("language") <> ''),
    CONSTRAINT account_password_filled CHECK (trim("password") <> ''),
    CONSTRAINT account_totp_secret_filled CHECK (trim("totp_secret") <> ''),
    CONSTRAINT account_email_lower CHECK (email = lower(email)),
    CONSTRAINT account_closed_is_anonymous CHECK (closed_at IS NULL OR COALESCE(email, name, password, totp_secret) IS NULL)
);

CREATE TABLE "membership" (
    "id" UUID NOT NULL PRIMARY KEY,
    "account_id" UUID NOT NULL REFERENCES "account" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    "organisation_id" UUID NOT NULL,
    CONSTRAINT membership_account_organisation_id_key UNIQUE ("account_id", "organisation_id")
);

CREATE INDEX membership_account_id_idx ON "membership" ("account_id");

CREATE INDEX membership_organisation_id_idx ON "membership" ("organisation_id");

CREATE TABLE "campaign" (
    "id" UUID NOT NULL PRIMARY KEY,
    "account_id" UUID NOT NULL REFERENCES "account" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    "name" TEXT NOT NULL,
    "subject" JSONB NOT NULL,
    "letter" JSONB NOT NULL,
    "last_day" DATE NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "closed_at" TIMESTAMPTZ,
    CONSTRAINT campaign_name_filled CHECK (trim("name") <> ''),
    CONSTRAINT campaign_subject_latvian CHECK ("subject" IS NULL OR COALESCE(jsonb_typeof("subject"->'lv') = 'string' AND trim("subject"->>'lv') <> '', FALSE)),
    CONSTRAINT campaign_letter_latvian CHECK ("letter" IS NULL OR COALESCE(jsonb_typeof("letter"->'lv') = 'string' AND trim("letter"->>'lv') <> '', FALSE))
);

CREATE INDEX campaign_account_id_idx ON "campaign" ("account_id");

CREATE TABLE "campaign_recipient" (
    "id" UUID NOT NULL PRIMARY KEY,
    "campaign_id" UUID NOT NULL REFERENCES "campaign" (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    "organisation" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "number" TEXT,
    "email" TEXT,
    "language" TEXT NOT NULL,
    "account_id" UUID REFERENCES "account" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    "invited_at" TIMESTAMPTZ NOT NULL,
    "reminded_at" TIMESTAMPTZ,
    "due_at" TIMESTAMPTZ,
    "undelivered_at" TIMESTAMPTZ,
    CONSTRAINT campaign_recipient_campaign_email_key UNIQUE ("campaign_id", "email"),
    CONSTRAINT campaign_recipient_name_filled CHECK (trim("name") <> ''),
    CONSTRAINT campaign_recipient_number_filled CHECK (trim("number") <> ''),
    CONSTRAINT campaign_recipient_email_email CHECK ("email" ~ '^[^ ,;<>]+@[^ ,;<>]+[.][^ ,;<>]+$'),
    CONSTRAINT campaign_recipient_language_filled CHECK (trim("language") <> '')
);

CREATE INDEX campaign_recipient_campaign_id_idx ON "campaign_recipient" ("campaign_id");

CREATE INDEX campaign_recipient_organisation_idx ON "campaign_recipient" ("organisation");

CREATE INDEX campaign_recipient_account_id_idx ON "campaign_recipient" ("account_id");

CREATE INDEX campaign_recipient_due_at_idx ON "campaign_recipient" ("due_at");

CREATE TABLE "application" (
    "id" UUID NOT NULL PRIMARY KEY,
    "kind" VARCHAR(60) NOT NULL,
    "state" VARCHAR(60) NOT NULL,
    "organisation" UUID NOT NULL,
    "email" TEXT,
    "language" TEXT NOT NULL,
    "capacity" TEXT,
    "note" TEXT,
    "network" TEXT,
    "sent_at" TIMESTAMPTZ NOT NULL,
    "decided_at" TIMESTAMPTZ,
    "account_id" UUID REFERENCES "account" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    "answer" TEXT,
    CONSTRAINT application_kind_choice CHECK ("kind" IN ('join', 'claim')),
    CONSTRAINT application_state_choice CHECK ("state" IN ('open', 'granted', 'settled', 'declined')),
    CONSTRAINT application_email_email CHECK ("email" ~ '^[^ ,;<>]+@[^ ,;<>]+[.][^ ,;<>]+$'),
    CONSTRAINT application_language_filled CHECK (trim("language") <> ''),
    CONSTRAINT application_capacity_filled CHECK (trim("capacity") <> ''),
    CONSTRAINT application_note_filled CHECK (trim("note") <> ''),
    CONSTRAINT application_network_filled CHECK (trim("network") <> ''),
    CONSTRAINT application_answer_filled CHECK (trim("answer") <> ''),
    CONSTRAINT application_decided CHECK ((state = 'open') = (decided_at IS NULL)),
    CONSTRAINT application_declined_has_answer CHECK (state <> 'declined' OR answer IS NOT NULL)
);

CREATE INDEX application_state_idx ON "application" ("state");

CREATE INDEX application_organisation_idx ON "application" ("organisation");

CREATE INDEX application_account_id_idx ON "application" ("account_id");

CREATE TABLE "session" (
    "id" UUID NOT NULL PRIMARY KEY,
    "account_id" UUID NOT NULL REFERENCES "account" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    "token" TEXT NOT NULL UNIQUE,
    "created_at" TIMESTAMPTZ NOT NULL,
    "seen_at" TIMESTAMPTZ NOT NULL,
    "expires_at" TIMESTAMPTZ NOT NULL,
    "second_factor_at" TIMESTAMPTZ,
    "browser" TEXT,
    "network" TEXT,
    CONSTRAINT session_token_filled CHECK (trim("token") <> ''),
    CONSTRAINT session_browser_filled CHECK (trim("browser") <> ''),
    CONSTRAINT session_network_filled CHECK (trim("network") <> '')
);

CREATE INDEX session_account_id_idx ON "session" ("account_id");

CREATE TABLE "api_token" (
    "id" UUID NOT NULL PRIMARY KEY,
    "account_id" UUID NOT NULL REFERENCES "account" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    "name" TEXT NOT NULL,
    "token" TEXT NOT NULL UNIQUE,
    "hint" TEXT NOT NULL,
    "scopes" JSONB NOT NULL DEFAULT '[]',
    "created_at" TIMESTAMPTZ NOT NULL,
    "expires_at" TIMESTAMPTZ NOT NULL,
    "used_on" DATE,
    CONSTRAINT api_token_name_filled CHECK (trim("name") <> ''),
    CONSTRAINT api_token_token_filled CHECK (trim("token") <> ''),
    CONSTRAINT api_token_hint_filled CHECK (trim("hint") <> ''),
    CONSTRAINT api_token_scopes_choices CHECK (jsonb_typeof("scopes") = 'array' AND "scopes" <@ '["read", "write", "export"]'::jsonb)
);

CREATE INDEX api_token_account_id_idx ON "api_token" ("account_id");

CREATE TABLE "one_time_link" (
    "id" UUID NOT NULL PRIMARY KEY,
    "purpose" VARCHAR(60) NOT NULL,
    "token" TEXT NOT NULL UNIQUE,
    "account_id" UUID REFERENCES "account" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    "link_id" UUID REFERENCES "record" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    "side" VARCHAR(60),
    "recipient_id" UUID REFERENCES "campaign_recipient" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    "created_at" TIMESTAMPTZ NOT NULL,
    "expires_at" TIMESTAMPTZ NOT NULL,
    "used_at" TIMESTAMPTZ,
    CONSTRAINT one_time_link_purpose_choice CHECK ("purpose" IN ('invitation', 'sign_in', 'reset', 'still_true', 'answer', 'campaign', 'reply')),
    CONSTRAINT one_time_link_token_filled CHECK (trim("token") <> ''),
    CONSTRAINT one_time_link_side_choice CHECK ("side" IN ('side_a', 'side_b')),
    CONSTRAINT one_time_link_account CHECK ((purpose IN ('answer', 'campaign')) = (account_id IS NULL)),
    CONSTRAINT one_time_link_answer CHECK ((purpose = 'answer') = (link_id IS NOT NULL) AND (purpose = 'answer') = (side IS NOT NULL)),
    CONSTRAINT one_time_link_campaign CHECK ((purpose = 'campaign') = (recipient_id IS NOT NULL))
);

CREATE INDEX one_time_link_account_id_idx ON "one_time_link" ("account_id");

CREATE INDEX one_time_link_link_id_idx ON "one_time_link" ("link_id");

CREATE INDEX one_time_link_recipient_id_idx ON "one_time_link" ("recipient_id");

CREATE TABLE "recovery_code" (
    "id" UUID NOT NULL PRIMARY KEY,
    "account_id" UUID NOT NULL REFERENCES "account" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    "code" TEXT NOT NULL UNIQUE,
    CONSTRAINT recovery_code_code_filled CHECK (trim("code") <> '')
);

CREATE INDEX recovery_code_account_id_idx ON "recovery_code" ("account_id");

CREATE TABLE "letter" (
    "id" UUID NOT NULL PRIMARY KEY,
    "purpose" VARCHAR(60) NOT NULL,
    "account_id" UUID REFERENCES "account" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    "link_id" UUID REFERENCES "record" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    "side" VARCHAR(60),
    "recipient_id" UUID REFERENCES "campaign_recipient" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    "application_id" UUID REFERENCES "application" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    "queued_at" TIMESTAMPTZ NOT NULL,
    "due_at" TIMESTAMPTZ NOT NULL,
    "tries" INT NOT NULL,
    CONSTRAINT letter_purpose_choice CHECK ("purpose" IN ('invitation', 'sign_in', 'reset', 'still_true', 'answer', 'campaign', 'reply')),
    CONSTRAINT letter_side_choice CHECK ("side" IN ('side_a', 'side_b')),
    CONSTRAINT letter_tries_least CHECK ("tries" >= 0),
    CONSTRAINT letter_account CHECK (purpose NOT IN ('answer', 'campaign', 'reply') OR account_id IS NULL),
    CONSTRAINT letter_answer CHECK ((purpose = 'answer') = (link_id IS NOT NULL) AND (purpose = 'answer') = (side IS NOT NULL)),
    CONSTRAINT letter_campaign CHECK ((purpose = 'campaign') = (recipient_id IS NOT NULL)),
    CONSTRAINT letter_reply CHECK ((purpose = 'reply') = (application_id IS NOT NULL))
);

CREATE INDEX letter_account_id_idx ON "letter" ("account_id");

CREATE INDEX letter_link_id_idx ON "letter" ("link_id");

CREATE INDEX letter_recipient_id_idx ON "letter" ("recipient_id");

CREATE INDEX letter_application_id_idx ON "letter" ("application_id");

CREATE TABLE "audit_entry" (
    "id" UUID NOT NULL PRIMARY KEY,
    "at" TIMESTAMPTZ NOT NULL,
    "act" VARCHAR(60) NOT NULL,
    "account_id" UUID REFERENCES "account" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    "about" TEXT,
    "details" JSONB NOT NULL,
    "network" TEXT,
    CONSTRAINT audit_entry_act_choice CHECK ("act" IN ('account_made', 'account_closed', 'role_changed', 'invited', 'signed_in', 'sign_in_refused', 'signed_out', 'password_changed', 'second_factor_set', 'second_factor_removed', 'recovery_code_used', 'token_made', 'token_revoked', 'exported', 'redacted', 'webhook_added', 'webhook_removed', 'campaign_sent', 'campaign_reminded', 'campaign_closed', 'application_decided')),
    CONSTRAINT audit_entry_about_filled CHECK (trim("about") <> ''),
    CONSTRAINT audit_entry_network_filled CHECK (trim("network") <> '')
);

CREATE INDEX audit_entry_at_idx ON "audit_entry" ("at");

CREATE INDEX audit_entry_account_id_idx ON "audit_entry" ("account_id");

CREATE TABLE "lease" (
    "id" UUID NOT NULL PRIMARY KEY,
    "job" TEXT NOT NULL UNIQUE,
    "holder" TEXT,
    "until" TIMESTAMPTZ,
    "done_at" TIMESTAMPTZ,
    CONSTRAINT lease_job_filled CHECK (trim("job") <> ''),
    CONSTRAINT lease_holder_filled CHECK (trim("holder") <> ''),
    CONSTRAINT lease_until CHECK ((holder IS NULL) = (until IS NULL))
);

CREATE TABLE "webhook" (
    "id" UUID NOT NULL PRIMARY KEY,
    "url" TEXT NOT NULL,
    "secret" TEXT NOT NULL,
    "nouns" JSONB NOT NULL DEFAULT '[]',
    "acts" JSONB NOT NULL DEFAULT '[]',
    "state" VARCHAR(60) NOT NULL,
    "seq" BIGINT NOT NULL,
    "tries" INT NOT NULL,
    "due_at" TIMESTAMPTZ NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    CONSTRAINT webhook_url_url CHECK ("url" ~ '^https?://.'),
    CONSTRAINT webhook_secret_filled CHECK (trim("secret") <> ''),
    CONSTRAINT webhook_nouns_list CHECK (jsonb_typeof("nouns") = 'array'),
    CONSTRAINT webhook_acts_choices CHECK (jsonb_typeof("acts") = 'array' AND "acts" <@ '["publish", "withdraw", "merge", "assure", "confirm", "availability"]'::jsonb),
    CONSTRAINT webhook_state_choice CHECK ("state" IN ('active', 'paused', 'given_up')),
    CONSTRAINT webhook_tries_least CHECK ("tries" >= 0),
    CONSTRAINT webhook_seq CHECK (seq >= 0)
);

CREATE TABLE "webhook_delivery" (
    "id" UUID NOT NULL PRIMARY KEY,
    "webhook_id" UUID NOT NULL REFERENCES "webhook" (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    "seq" BIGINT,
    "at" TIMESTAMPTZ NOT NULL,
    "outcome" VARCHAR(60) NOT NULL,
    "status" INT,
    "problem" TEXT,
    "milliseconds" INT NOT NULL,
    CONSTRAINT webhook_delivery_outcome_choice CHECK ("outcome" IN ('delivered', 'failed', 'given_up')),
    CONSTRAINT webhook_delivery_status_least CHECK ("status" >= 100),
    CONSTRAINT webhook_delivery_problem_filled CHECK (trim("problem") <> ''),
    CONSTRAINT webhook_delivery_milliseconds_least CHECK ("milliseconds" >= 0)
);

CREATE INDEX webhook_delivery_webhook_id_idx ON "webhook_delivery" ("webhook_id");

CREATE INDEX webhook_delivery_at_idx ON "webhook_delivery" ("at");

CREATE TABLE "sheet" (
    "id" UUID NOT NULL PRIMARY KEY,
    "account_id" UUID NOT NULL REFERENCES "account" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    "noun" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "headers" JSONB NOT NULL,
    "columns" JSONB NOT NULL,
    "clears" BOOL NOT NULL,
    "source" UUID,
    "language" TEXT NOT NULL,
    "state" VARCHAR(60) NOT NULL,
    "batch" UUID,
    "created_at" TIMESTAMPTZ NOT NULL,
    CONSTRAINT sheet_noun_filled CHECK (trim("noun") <> ''),
    CONSTRAINT sheet_noun_known CHECK (noun IN ('source', 'region', 'taxonomy', 'taxonomy_term', 'location', 'organisation', 'service', 'project', 'agreement', 'cooperation_link', 'event', 'need', 'figure', 'recipient')),
    CONSTRAINT sheet_name_filled CHECK (trim("name") <> ''),
    CONSTRAINT sheet_language_filled CHECK (trim("language") <> ''),
    CONSTRAINT sheet_state_choice CHECK ("state" IN ('matching', 'examining', 'examined', 'kept'))
);

CREATE INDEX sheet_account_id_idx ON "sheet" ("account_id");

CREATE TABLE "sheet_row" (
    "id" UUID NOT NULL PRIMARY KEY,
    "sheet_id" UUID NOT NULL REFERENCES "sheet" (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    "number" INT NOT NULL,
    "cells" JSONB NOT NULL,
    "verdict" VARCHAR(60),
    "finding" JSONB NOT NULL,
    CONSTRAINT sheet_row_sheet_number_key UNIQUE ("sheet_id", "number"),
    CONSTRAINT sheet_row_number_least CHECK ("number" >= 1),
    CONSTRAINT sheet_row_verdict_choice CHECK ("verdict" IN ('new', 'changed', 'same', 'error'))
);

CREATE INDEX sheet_row_sheet_id_idx ON "sheet_row" ("sheet_id");

CREATE TABLE "sheet_column" (
    "id" UUID NOT NULL PRIMARY KEY,
    "noun" TEXT NOT NULL,
    "header" TEXT NOT NULL,
    "column" TEXT NOT NULL,
    CONSTRAINT sheet_column_noun_header_key UNIQUE ("noun", "header"),
    CONSTRAINT sheet_column_noun_filled CHECK (trim("noun") <> ''),
    CONSTRAINT sheet_column_noun_known CHECK (noun IN ('source', 'region', 'taxonomy', 'taxonomy_term', 'location', 'organisation', 'service', 'project', 'agreement', 'cooperation_link', 'event', 'need', 'figure', 'recipient')),
    CONSTRAINT sheet_column_header_filled CHECK (trim("header") <> ''),
    CONSTRAINT sheet_column_column_filled CHECK (trim("column") <> '')
);

CREATE TABLE "saved_view" (
    "id" UUID NOT NULL PRIMARY KEY,
    "account_id" UUID NOT NULL REFERENCES "account" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    "noun" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "pairs" JSONB NOT NULL,
    CONSTRAINT saved_view_account_noun_name_key UNIQUE ("account_id", "noun", "name"),
    CONSTRAINT saved_view_noun_filled CHECK (trim("noun") <> ''),
    CONSTRAINT saved_view_noun_known CHECK (noun IN ('source', 'region', 'taxonomy', 'taxonomy_term', 'location', 'organisation', 'service', 'project', 'agreement', 'cooperation_link', 'event', 'need', 'figure')),
    CONSTRAINT saved_view_name_filled CHECK (trim("name") <> '')
);

CREATE INDEX saved_view_account_id_idx ON "saved_view" ("account_id");

CREATE TABLE "report" (
    "id" UUID NOT NULL PRIMARY KEY,
    "record_id" UUID NOT NULL REFERENCES "record" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    "kind" VARCHAR(60) NOT NULL,
    "field" VARCHAR(60),
    "words" TEXT,
    "language" TEXT NOT NULL,
    "state" VARCHAR(60) NOT NULL,
    "at" TIMESTAMPTZ NOT NULL,
    "closed_at" TIMESTAMPTZ,
    "account_id" UUID REFERENCES "account" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT report_kind_choice CHECK ("kind" IN ('wrong', 'gone', 'missing', 'unsafe', 'other')),
    CONSTRAINT report_field_choice CHECK ("field" IN ('name', 'contacts', 'place', 'hours', 'access', 'cooperation')),
    CONSTRAINT report_words_filled CHECK (trim("words") <> ''),
    CONSTRAINT report_language_filled CHECK (trim("language") <> ''),
    CONSTRAINT report_state_choice CHECK ("state" IN ('open', 'done', 'not_so')),
    CONSTRAINT report_closed CHECK ((state = 'open') = (closed_at IS NULL))
);

CREATE INDEX report_record_id_idx ON "report" ("record_id");

CREATE INDEX report_state_idx ON "report" ("state");

CREATE INDEX report_at_idx ON "report" ("at");

CREATE INDEX report_account_id_idx ON "report" ("account_id");

CREATE TABLE taxonomy_term_related (
    owner_id UUID NOT NULL REFERENCES "taxonomy_term" (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    taxonomy_term_id UUID NOT NULL REFERENCES "taxonomy_term" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (owner_id, taxonomy_term_id)
);

CREATE INDEX taxonomy_term_related_taxonomy_term_id_idx ON taxonomy_term_related (taxonomy_term_id);

CREATE TABLE organisation_region (
    owner_id UUID NOT NULL REFERENCES "organisation" (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    region_id UUID NOT NULL REFERENCES "region" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (owner_id, region_id)
);

CREATE INDEX organisation_region_region_id_idx ON organisation_region (region_id);

CREATE TABLE organisation_field (
    owner_id UUID NOT NULL REFERENCES "organisation" (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    taxonomy_term_id UUID NOT NULL REFERENCES "taxonomy_term" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (owner_id, taxonomy_term_id)
);

CREATE INDEX organisation_field_taxonomy_term_id_idx ON organisation_field (taxonomy_term_id);

CREATE TABLE organisation_target_group (
    owner_id UUID NOT NULL REFERENCES "organisation" (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    taxonomy_term_id UUID NOT NULL REFERENCES "taxonomy_term" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (owner_id, taxonomy_term_id)
);

CREATE INDEX organisation_target_group_taxonomy_term_id_idx ON organisation_target_group (taxonomy_term_id);

CREATE TABLE service_category (
    owner_id UUID NOT NULL REFERENCES "service" (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    taxonomy_term_id UUID NOT NULL REFERENCES "taxonomy_term" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (owner_id, taxonomy_term_id)
);

CREATE INDEX service_category_taxonomy_term_id_idx ON service_category (taxonomy_term_id);

CREATE TABLE service_target_group (
    owner_id UUID NOT NULL REFERENCES "service" (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    taxonomy_term_id UUID NOT NULL REFERENCES "taxonomy_term" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (owner_id, taxonomy_term_id)
);

CREATE INDEX service_target_group_taxonomy_term_id_idx ON service_target_group (taxonomy_term_id);

CREATE TABLE service_region (
    owner_id UUID NOT NULL REFERENCES "service" (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    region_id UUID NOT NULL REFERENCES "region" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (owner_id, region_id)
);

CREATE INDEX service_region_region_id_idx ON service_region (region_id);

CREATE TABLE service_location (
    owner_id UUID NOT NULL REFERENCES "service" (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    location_id UUID NOT NULL REFERENCES "location" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (owner_id, location_id)
);

CREATE INDEX service_location_location_id_idx ON service_location (location_id);

CREATE TABLE project_region (
    owner_id UUID NOT NULL REFERENCES "project" (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    region_id UUID NOT NULL REFERENCES "region" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (owner_id, region_id)
);

CREATE INDEX project_region_region_id_idx ON project_region (region_id);

CREATE TABLE cooperation_link_service (
    owner_id UUID NOT NULL REFERENCES "cooperation_link" (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    service_id UUID NOT NULL REFERENCES "service" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (owner_id, service_id)
);

CREATE INDEX cooperation_link_service_service_id_idx ON cooperation_link_service (service_id);

CREATE TABLE cooperation_link_category (
    owner_id UUID NOT NULL REFERENCES "cooperation_link" (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    taxonomy_term_id UUID NOT NULL REFERENCES "taxonomy_term" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (owner_id, taxonomy_term_id)
);

CREATE INDEX cooperation_link_category_taxonomy_term_id_idx ON cooperation_link_category (taxonomy_term_id);

CREATE TABLE cooperation_link_region (
    owner_id UUID NOT NULL REFERENCES "cooperation_link" (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    region_id UUID NOT NULL REFERENCES "region" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (owner_id, region_id)
);

CREATE INDEX cooperation_link_region_region_id_idx ON cooperation_link_region (region_id);

CREATE TABLE event_region (
    owner_id UUID NOT NULL REFERENCES "event" (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    region_id UUID NOT NULL REFERENCES "region" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (owner_id, region_id)
);

CREATE INDEX event_region_region_id_idx ON event_region (region_id);

CREATE TRIGGER source_record_of_noun BEFORE INSERT OR UPDATE OF id ON "source"
    FOR EACH ROW EXECUTE FUNCTION record_of_noun();

CREATE TRIGGER region_record_of_noun BEFORE INSERT OR UPDATE OF id ON "region"
    FOR EACH ROW EXECUTE FUNCTION record_of_noun();

CREATE TRIGGER taxonomy_record_of_noun BEFORE INSERT OR UPDATE OF id ON "taxonomy"
    FOR EACH ROW EXECUTE FUNCTION record_of_noun();

CREATE TRIGGER taxonomy_term_record_of_noun BEFORE INSERT OR UPDATE OF id ON "taxonomy_term"
    FOR EACH ROW EXECUTE FUNCTION record_of_noun();

CREATE TRIGGER location_record_of_noun BEFORE INSERT OR UPDATE OF id ON "location"
    FOR EACH ROW EXECUTE FUNCTION record_of_noun();

CREATE TRIGGER organisation_record_of_noun BEFORE INSERT OR UPDATE OF id ON "organisation"
    FOR EACH ROW EXECUTE FUNCTION record_of_noun();

CREATE TRIGGER service_record_of_noun BEFORE INSERT OR UPDATE OF id ON "service"
    FOR EACH ROW EXECUTE FUNCTION record_of_noun();

CREATE TRIGGER project_record_of_noun BEFORE INSERT OR UPDATE OF id ON "project"
    FOR EACH ROW EXECUTE FUNCTION record_of_noun();

CREATE TRIGGER agreement_record_of_noun BEFORE INSERT OR UPDATE OF id ON "agreement"
    FOR EACH ROW EXECUTE FUNCTION record_of_noun();

CREATE TRIGGER cooperation_link_record_of_noun BEFORE INSERT OR UPDATE OF id ON "cooperation_link"
    FOR EACH ROW EXECUTE FUNCTION record_of_noun();

CREATE TRIGGER event_record_of_noun BEFORE INSERT OR UPDATE OF id ON "event"
    FOR EACH ROW EXECUTE FUNCTION record_of_noun();

CREATE TRIGGER need_record_of_noun BEFORE INSERT OR UPDATE OF id ON "need"
    FOR EACH ROW EXECUTE FUNCTION record_of_noun();

CREATE TRIGGER figure_record_of_noun BEFORE INSERT OR UPDATE OF id ON "figure"
    FOR EACH ROW EXECUTE FUNCTION record_of_noun();

CREATE TRIGGER record_without_row BEFORE UPDATE OF state, noun ON "record"
    FOR EACH ROW EXECUTE FUNCTION record_without_row();

CREATE TRIGGER record_kept BEFORE DELETE ON "record"
    FOR EACH ROW EXECUTE FUNCTION kept_for_ever();

CREATE TRIGGER slug_kept BEFORE DELETE ON "slug"
    FOR EACH ROW EXECUTE FUNCTION kept_for_ever();

CREATE TRIGGER revision_kept BEFORE DELETE ON "revision"
    FOR EACH ROW EXECUTE FUNCTION kept_for_ever();

CREATE TRIGGER change_kept BEFORE DELETE ON "change"
    FOR EACH ROW EXECUTE FUNCTION kept_for_ever();

CREATE TRIGGER confirmation_kept BEFORE DELETE ON "confirmation"
    FOR EACH ROW EXECUTE FUNCTION kept_for_ever();

CREATE TRIGGER availability_kept BEFORE DELETE ON "availability"
    FOR EACH ROW EXECUTE FUNCTION kept_for_ever();

CREATE TRIGGER account_kept BEFORE DELETE ON "account"
    FOR EACH ROW EXECUTE FUNCTION kept_for_ever();

CREATE TRIGGER audit_entry_kept BEFORE DELETE ON "audit_entry"
    FOR EACH ROW EXECUTE FUNCTION kept_for_ever();

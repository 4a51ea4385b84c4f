CREATE TABLE "record" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "noun" TEXT NOT NULL,
    "state" VARCHAR(60) NOT NULL,
    "merged_into_id" CHAR(36) REFERENCES "record" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    "version" INT NOT NULL,
    "first_published_at" TIMESTAMP NOT NULL,
    "last_modified" TIMESTAMP NOT NULL,
    "assured_on" DATE,
    "assured_by" TEXT,
    CONSTRAINT record_id_uuid CHECK ("id" GLOB '????????-????-????-????-????????????' AND "id" NOT GLOB '*[^0-9a-f-]*'),
    CONSTRAINT record_noun_filled CHECK (trim("noun") <> ''),
    CONSTRAINT record_noun_known CHECK (noun IN ('source', 'region', 'taxonomy', 'taxonomy_term', 'location', 'organisation', 'service', 'project', 'agreement', 'cooperation_link', 'event', 'need', 'figure')),
    CONSTRAINT record_state_choice CHECK ("state" IN ('published', 'withdrawn', 'merged')),
    CONSTRAINT record_version_whole CHECK ("version" IS NULL OR (typeof("version") = 'integer' AND abs("version") <= 2147483647)),
    CONSTRAINT record_version_least CHECK ("version" >= 1),
    CONSTRAINT record_first_published_at_moment CHECK ("first_published_at" IS NULL OR ("first_published_at" GLOB '[0-9][0-9][0-9][0-9]-*' AND datetime("first_published_at") IS NOT NULL)),
    CONSTRAINT record_last_modified_moment CHECK ("last_modified" IS NULL OR ("last_modified" GLOB '[0-9][0-9][0-9][0-9]-*' AND datetime("last_modified") IS NOT NULL)),
    CONSTRAINT record_assured_on_day CHECK ("assured_on" IS NULL OR ("assured_on" GLOB '[0-9][0-9][0-9][0-9]-*' AND "assured_on" IS date("assured_on", '+0 days'))),
    CONSTRAINT record_assured_by_filled CHECK (trim("assured_by") <> ''),
    CONSTRAINT record_merged_into CHECK ((state = 'merged') = (merged_into_id IS NOT NULL)),
    CONSTRAINT record_not_into_itself CHECK (merged_into_id <> id),
    CONSTRAINT record_assured CHECK ((assured_on IS NULL) = (assured_by IS NULL))
);

CREATE INDEX record_merged_into_id_idx ON "record" ("merged_into_id");

CREATE TABLE "slug" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "noun" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "record_id" CHAR(36) NOT NULL REFERENCES "record" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    "current" INT NOT NULL,
    CONSTRAINT slug_noun_slug_key UNIQUE ("noun", "slug"),
    CONSTRAINT slug_id_uuid CHECK ("id" GLOB '????????-????-????-????-????????????' AND "id" NOT GLOB '*[^0-9a-f-]*'),
    CONSTRAINT slug_noun_filled CHECK (trim("noun") <> ''),
    CONSTRAINT slug_noun_known CHECK (noun IN ('source', 'region', 'taxonomy', 'taxonomy_term', 'location', 'organisation', 'service', 'project', 'agreement', 'cooperation_link', 'event', 'need', 'figure')),
    CONSTRAINT slug_slug_filled CHECK (trim("slug") <> ''),
    CONSTRAINT slug_current_flag CHECK ("current" IN (0, 1)),
    CONSTRAINT slug_form CHECK (slug <> '' AND slug NOT GLOB '*[^a-z0-9-]*')
);

CREATE INDEX slug_record_id_idx ON "slug" ("record_id");

CREATE UNIQUE INDEX slug_current ON "slug" ("record_id") WHERE "current";

CREATE TABLE "source" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "title" TEXT NOT NULL,
    "kind" VARCHAR(60) NOT NULL,
    "description" JSON,
    "publisher" TEXT,
    "published_on" TEXT,
    "language" TEXT NOT NULL,
    "url" TEXT,
    "licence" TEXT,
    "attribution" TEXT,
    "retrieved_on" DATE,
    "completeness" VARCHAR(60) NOT NULL,
    FOREIGN KEY (id) REFERENCES record (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT source_title_filled CHECK (trim("title") <> ''),
    CONSTRAINT source_kind_choice CHECK ("kind" IN ('official_register', 'legal_act', 'contract', 'news', 'report', 'statistics', 'open_data', 'self_declaration', 'editorial')),
    CONSTRAINT source_description_latvian CHECK ("description" IS NULL OR CASE WHEN json_valid("description") THEN COALESCE(json_type("description", '$.lv') = 'text' AND trim(json_extract("description", '$.lv')) <> '', FALSE) ELSE FALSE END),
    CONSTRAINT source_publisher_filled CHECK (trim("publisher") <> ''),
    CONSTRAINT source_published_on_date CHECK ("published_on" IS NULL OR ("published_on" GLOB '[0-9][0-9][0-9][0-9]*' AND "published_on" >= '0001' AND substr("published_on" || '-01-01', 1, max(10, length("published_on"))) IS date(substr("published_on" || '-01-01', 1, max(10, length("published_on"))), '+0 days'))),
    CONSTRAINT source_language_filled CHECK (trim("language") <> ''),
    CONSTRAINT source_url_url CHECK ("url" GLOB 'http://?*' OR "url" GLOB 'https://?*'),
    CONSTRAINT source_licence_filled CHECK (trim("licence") <> ''),
    CONSTRAINT source_attribution_filled CHECK (trim("attribution") <> ''),
    CONSTRAINT source_retrieved_on_day CHECK ("retrieved_on" IS NULL OR ("retrieved_on" GLOB '[0-9][0-9][0-9][0-9]-*' AND "retrieved_on" IS date("retrieved_on", '+0 days'))),
    CONSTRAINT source_completeness_choice CHECK ("completeness" IN ('sample', 'partial', 'complete'))
);

CREATE TABLE "region" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "code" TEXT NOT NULL UNIQUE,
    "kind" VARCHAR(60) NOT NULL,
    "former_kind" VARCHAR(60),
    "name" JSON NOT NULL,
    "parent_id" CHAR(36) REFERENCES "region" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    "iso" TEXT,
    "atvk" TEXT,
    "valid_from" TEXT,
    "valid_to" TEXT,
    "lon" REAL,
    "lat" REAL,
    "note" JSON,
    FOREIGN KEY (id) REFERENCES record (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT region_code_filled CHECK (trim("code") <> ''),
    CONSTRAINT region_kind_choice CHECK ("kind" IN ('country', 'planning_region', 'municipality', 'state_city', 'state_city_in_municipality', 'town', 'parish', 'former')),
    CONSTRAINT region_former_kind_choice CHECK ("former_kind" IN ('country', 'planning_region', 'municipality', 'state_city', 'state_city_in_municipality', 'town', 'parish', 'former')),
    CONSTRAINT region_name_latvian CHECK ("name" IS NULL OR CASE WHEN json_valid("name") THEN COALESCE(json_type("name", '$.lv') = 'text' AND trim(json_extract("name", '$.lv')) <> '', FALSE) ELSE FALSE END),
    CONSTRAINT region_iso_filled CHECK (trim("iso") <> ''),
    CONSTRAINT region_atvk_filled CHECK (trim("atvk") <> ''),
    CONSTRAINT region_valid_from_date CHECK ("valid_from" IS NULL OR ("valid_from" GLOB '[0-9][0-9][0-9][0-9]*' AND "valid_from" >= '0001' AND substr("valid_from" || '-01-01', 1, max(10, length("valid_from"))) IS date(substr("valid_from" || '-01-01', 1, max(10, length("valid_from"))), '+0 days'))),
    CONSTRAINT region_valid_to_date CHECK ("valid_to" IS NULL OR ("valid_to" GLOB '[0-9][0-9][0-9][0-9]*' AND "valid_to" >= '0001' AND substr("valid_to" || '-01-01', 1, max(10, length("valid_to"))) IS date(substr("valid_to" || '-01-01', 1, max(10, length("valid_to"))), '+0 days'))),
    CONSTRAINT region_lon_least CHECK ("lon" >= -180),
    CONSTRAINT region_lon_most CHECK ("lon" <= 180),
    CONSTRAINT region_lat_least CHECK ("lat" >= -90),
    CONSTRAINT region_lat_most CHECK ("lat" <= 90),
    CONSTRAINT region_note_latvian CHECK ("note" IS NULL OR CASE WHEN json_valid("note") THEN COALESCE(json_type("note", '$.lv') = 'text' AND trim(json_extract("note", '$.lv')) <> '', FALSE) ELSE FALSE END),
    CONSTRAINT region_valid_from_not_after_valid_to CHECK (valid_from <= valid_to || '~'),
    CONSTRAINT region_former CHECK ((kind = 'former') = (former_kind IS NOT NULL)),
    CONSTRAINT region_former_kind CHECK (former_kind <> 'former'),
    CONSTRAINT region_former_ended CHECK (kind <> 'former' OR valid_to IS NOT NULL),
    CONSTRAINT region_not_in_itself CHECK (parent_id <> id),
    CONSTRAINT region_point CHECK ((lon IS NULL) = (lat IS NULL))
);

CREATE INDEX region_parent_id_idx ON "region" ("parent_id");

CREATE TABLE "taxonomy" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "code" TEXT NOT NULL UNIQUE,
    "name" JSON NOT NULL,
    "description" JSON,
    FOREIGN KEY (id) REFERENCES record (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT taxonomy_code_filled CHECK (trim("code") <> ''),
    CONSTRAINT taxonomy_name_latvian CHECK ("name" IS NULL OR CASE WHEN json_valid("name") THEN COALESCE(json_type("name", '$.lv') = 'text' AND trim(json_extract("name", '$.lv')) <> '', FALSE) ELSE FALSE END),
    CONSTRAINT taxonomy_description_latvian CHECK ("description" IS NULL OR CASE WHEN json_valid("description") THEN COALESCE(json_type("description", '$.lv') = 'text' AND trim(json_extract("description", '$.lv')) <> '', FALSE) ELSE FALSE END)
);

CREATE TABLE "taxonomy_term" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "taxonomy_id" CHAR(36) NOT NULL REFERENCES "taxonomy" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    "code" TEXT NOT NULL,
    "name" JSON NOT NULL,
    "parent_id" CHAR(36) REFERENCES "taxonomy_term" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    "definition" JSON,
    "legal_basis" TEXT,
    "confidential_by_default" INT NOT NULL,
    FOREIGN KEY (id) REFERENCES record (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT taxonomy_term_taxonomy_code_key UNIQUE ("taxonomy_id", "code"),
    CONSTRAINT taxonomy_term_code_filled CHECK (trim("code") <> ''),
    CONSTRAINT taxonomy_term_name_latvian CHECK ("name" IS NULL OR CASE WHEN json_valid("name") THEN COALESCE(json_type("name", '$.lv') = 'text' AND trim(json_extract("name", '$.lv')) <> '', FALSE) ELSE FALSE END),
    CONSTRAINT taxonomy_term_definition_latvian CHECK ("definition" IS NULL OR CASE WHEN json_valid("definition") THEN COALESCE(json_type("definition", '$.lv') = 'text' AND trim(json_extract("definition", '$.lv')) <> '', FALSE) ELSE FALSE END),
    CONSTRAINT taxonomy_term_legal_basis_filled CHECK (trim("legal_basis") <> ''),
    CONSTRAINT taxonomy_term_confidential_by_default_flag CHECK ("confidential_by_default" IN (0, 1)),
    CONSTRAINT taxonomy_term_not_in_itself CHECK (parent_id <> id)
);

CREATE INDEX taxonomy_term_taxonomy_id_idx ON "taxonomy_term" ("taxonomy_id");

CREATE INDEX taxonomy_term_parent_id_idx ON "taxonomy_term" ("parent_id");

CREATE TABLE "location" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "location_type" VARCHAR(60) NOT NULL,
    "confidential" INT NOT NULL,
    "disclosed" INT NOT NULL,
    "region_id" CHAR(36) NOT NULL REFERENCES "region" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    "name" JSON,
    "town" JSON,
    "address" TEXT,
    "postal_code" TEXT,
    "lon" REAL,
    "lat" REAL,
    "accessibility" JSON,
    "transportation" JSON,
    FOREIGN KEY (id) REFERENCES record (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT location_location_type_choice CHECK ("location_type" IN ('physical', 'postal', 'virtual')),
    CONSTRAINT location_confidential_flag CHECK ("confidential" IN (0, 1)),
    CONSTRAINT location_disclosed_flag CHECK ("disclosed" IN (0, 1)),
    CONSTRAINT location_name_latvian CHECK ("name" IS NULL OR CASE WHEN json_valid("name") THEN COALESCE(json_type("name", '$.lv') = 'text' AND trim(json_extract("name", '$.lv')) <> '', FALSE) ELSE FALSE END),
    CONSTRAINT location_town_latvian CHECK ("town" IS NULL OR CASE WHEN json_valid("town") THEN COALESCE(json_type("town", '$.lv') = 'text' AND trim(json_extract("town", '$.lv')) <> '', FALSE) ELSE FALSE END),
    CONSTRAINT location_address_filled CHECK (trim("address") <> ''),
    CONSTRAINT location_postal_code_filled CHECK (trim("postal_code") <> ''),
    CONSTRAINT location_lon_least CHECK ("lon" >= -180),
    CONSTRAINT location_lon_most CHECK ("lon" <= 180),
    CONSTRAINT location_lat_least CHECK ("lat" >= -90),
    CONSTRAINT location_lat_most CHECK ("lat" <= 90),
    CONSTRAINT location_accessibility_latvian CHECK ("accessibility" IS NULL OR CASE WHEN json_valid("accessibility") THEN COALESCE(json_type("accessibility", '$.lv') = 'text' AND trim(json_extract("accessibility", '$.lv')) <> '', FALSE) ELSE FALSE END),
    CONSTRAINT location_transportation_latvian CHECK ("transportation" IS NULL OR CASE WHEN json_valid("transportation") THEN COALESCE(json_type("transportation", '$.lv') = 'text' AND trim(json_extract("transportation", '$.lv')) <> '', FALSE) ELSE FALSE END),
    CONSTRAINT location_point CHECK ((lon IS NULL) = (lat IS NULL)),
    CONSTRAINT location_confidential CHECK (NOT confidential OR COALESCE(CAST(name AS TEXT), CAST(town AS TEXT), CAST(address AS TEXT), CAST(postal_code AS TEXT), CAST(lon AS TEXT), CAST(lat AS TEXT), CAST(accessibility AS TEXT), CAST(transportation AS TEXT)) IS NULL)
);

CREATE INDEX location_region_id_idx ON "location" ("region_id");

CREATE TABLE "organisation" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "name" JSON NOT NULL,
    "legal_form" VARCHAR(60),
    "sector" VARCHAR(60),
    "roles" JSON NOT NULL DEFAULT '[]',
    "description" JSON,
    "website" TEXT,
    "email" TEXT,
    "email_by_choice" INT NOT NULL,
    "phone" TEXT,
    "founded" INT,
    "seat_id" CHAR(36) REFERENCES "location" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    "parent_id" CHAR(36) REFERENCES "organisation" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (id) REFERENCES record (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT organisation_name_latvian CHECK ("name" IS NULL OR CASE WHEN json_valid("name") THEN COALESCE(json_type("name", '$.lv') = 'text' AND trim(json_extract("name", '$.lv')) <> '', FALSE) ELSE FALSE END),
    CONSTRAINT organisation_legal_form_choice CHECK ("legal_form" IN ('association', 'foundation', 'religious', 'company', 'municipality', 'municipal_institution', 'municipal_agency', 'derived_public_body', 'state_institution', 'public_foundation', 'international', 'unit', 'other')),
    CONSTRAINT organisation_sector_choice CHECK ("sector" IN ('ngo', 'municipal', 'state', 'private', 'international')),
    CONSTRAINT organisation_roles_choices CHECK (CASE WHEN json_valid("roles") THEN replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(json("roles"), '"social_service"', ''), '"orphans_court"', ''), '"provider"', ''), '"network"', ''), '"funder"', ''), '"research"', ''), '"media"', ''), '"planning_region"', ''), '"ministry"', ''), ',', '') = '[]' ELSE FALSE END),
    CONSTRAINT organisation_description_latvian CHECK ("description" IS NULL OR CASE WHEN json_valid("description") THEN COALESCE(json_type("description", '$.lv') = 'text' AND trim(json_extract("description", '$.lv')) <> '', FALSE) ELSE FALSE END),
    CONSTRAINT organisation_website_url CHECK ("website" GLOB 'http://?*' OR "website" GLOB 'https://?*'),
    CONSTRAINT organisation_email_email CHECK ("email" GLOB '?*@?*.?*' AND "email" NOT GLOB '*[ ,;<>]*'),
    CONSTRAINT organisation_email_by_choice_flag CHECK ("email_by_choice" IN (0, 1)),
    CONSTRAINT organisation_phone_phone CHECK (("phone" GLOB '+[1-9]*' OR "phone" GLOB '1[0-9][0-9]*') AND substr("phone", 2) NOT GLOB '*[^0-9]*'),
    CONSTRAINT organisation_founded_whole CHECK ("founded" IS NULL OR (typeof("founded") = 'integer' AND abs("founded") <= 2147483647)),
    CONSTRAINT organisation_founded_least CHECK ("founded" >= 1000),
    CONSTRAINT organisation_founded_most CHECK ("founded" <= 2200),
    CONSTRAINT organisation_not_in_itself CHECK (parent_id <> id),
    CONSTRAINT organisation_unit CHECK (legal_form <> 'unit' OR parent_id IS NOT NULL)
);

CREATE INDEX organisation_seat_id_idx ON "organisation" ("seat_id");

CREATE INDEX organisation_parent_id_idx ON "organisation" ("parent_id");

CREATE TABLE "service" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "name" JSON NOT NULL,
    "provider_id" CHAR(36) NOT NULL REFERENCES "organisation" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    "status" VARCHAR(60),
    "description" JSON,
    "application_process" JSON,
    "url" TEXT,
    "email" TEXT,
    "phone" TEXT,
    "forms" JSON NOT NULL DEFAULT '[]',
    "minimum_age" INT,
    "maximum_age" INT,
    "gender" VARCHAR(60),
    "accompanying_persons" JSON,
    "funding_sources" JSON NOT NULL DEFAULT '[]',
    "fee" VARCHAR(60),
    "access_routes" JSON NOT NULL DEFAULT '[]',
    "residence_rule" VARCHAR(60),
    "response" JSON NOT NULL DEFAULT '[]',
    "languages" JSON NOT NULL DEFAULT '[]',
    "register_number" TEXT UNIQUE,
    "register_valid_from" TEXT,
    "register_valid_to" TEXT,
    "attested_on" TEXT,
    FOREIGN KEY (id) REFERENCES record (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT service_name_latvian CHECK ("name" IS NULL OR CASE WHEN json_valid("name") THEN COALESCE(json_type("name", '$.lv') = 'text' AND trim(json_extract("name", '$.lv')) <> '', FALSE) ELSE FALSE END),
    CONSTRAINT service_status_choice CHECK ("status" IN ('active', 'inactive', 'defunct', 'temporarily_closed')),
    CONSTRAINT service_description_latvian CHECK ("description" IS NULL OR CASE WHEN json_valid("description") THEN COALESCE(json_type("description", '$.lv') = 'text' AND trim(json_extract("description", '$.lv')) <> '', FALSE) ELSE FALSE END),
    CONSTRAINT service_application_process_latvian CHECK ("application_process" IS NULL OR CASE WHEN json_valid("application_process") THEN COALESCE(json_type("application_process", '$.lv') = 'text' AND trim(json_extract("application_process", '$.lv')) <> '', FALSE) ELSE FALSE END),
    CONSTRAINT service_url_url CHECK ("url" GLOB 'http://?*' OR "url" GLOB 'https://?*'),
    CONSTRAINT service_email_email CHECK ("email" GLOB '?*@?*.?*' AND "email" NOT GLOB '*[ ,;<>]*'),
    CONSTRAINT service_phone_phone CHECK (("phone" GLOB '+[1-9]*' OR "phone" GLOB '1[0-9][0-9]*') AND substr("phone", 2) NOT GLOB '*[^0-9]*'),
    CONSTRAINT service_forms_choices CHECK (CASE WHEN json_valid("forms") THEN replace(replace(replace(replace(replace(replace(json("forms"), '"residential"', ''), '"non_residential"', ''), '"at_home"', ''), '"remote"', ''), '"mobile"', ''), ',', '') = '[]' ELSE FALSE END),
    CONSTRAINT service_minimum_age_whole CHECK ("minimum_age" IS NULL OR (typeof("minimum_age") = 'integer' AND abs("minimum_age") <= 2147483647)),
    CONSTRAINT service_minimum_age_least CHECK ("minimum_age" >= 0),
    CONSTRAINT service_minimum_age_most CHECK ("minimum_age" <= 150),
    CONSTRAINT service_maximum_age_whole CHECK ("maximum_age" IS NULL OR (typeof("maximum_age") = 'integer' AND abs("maximum_age") <= 2147483647)),
    CONSTRAINT service_maximum_age_least CHECK ("maximum_age" >= 0),
    CONSTRAINT service_maximum_age_most CHECK ("maximum_age" <= 150),
    CONSTRAINT service_gender_choice CHECK ("gender" IN ('anyone', 'women', 'men')),
    CONSTRAINT service_accompanying_persons_latvian CHECK ("accompanying_persons" IS NULL OR CASE WHEN json_valid("accompanying_persons") THEN COALESCE(json_type("accompanying_persons", '$.lv') = 'text' AND trim(json_extract("accompanying_persons", '$.lv')) <> '', FALSE) ELSE FALSE END),
    CONSTRAINT service_funding_sources_choices CHECK (CASE WHEN json_valid("funding_sources") THEN replace(replace(replace(replace(replace(replace(json("funding_sources"), '"state"', ''), '"municipality"', ''), '"eu_project"', ''), '"donations"', ''), '"client"', ''), ',', '') = '[]' ELSE FALSE END),
    CONSTRAINT service_fee_choice CHECK ("fee" IN ('free', 'co_payment', 'full')),
    CONSTRAINT service_access_routes_choices CHECK (CASE WHEN json_valid("access_routes") THEN replace(replace(replace(replace(replace(replace(replace(replace(json("access_routes"), '"self"', ''), '"social_service_decision"', ''), '"orphans_court_decision"', ''), '"specialist_opinion"', ''), '"doctor"', ''), '"police_or_court"', ''), '"state_agency_decision"', ''), ',', '') = '[]' ELSE FALSE END),
    CONSTRAINT service_residence_rule_choice CHECK ("residence_rule" IN ('anyone', 'declared_in_area', 'declared_elsewhere_if_that_municipality_pays', 'crisis_anyone')),
    CONSTRAINT service_response_choices CHECK (CASE WHEN json_valid("response") THEN replace(replace(replace(replace(json("response"), '"same_day"', ''), '"around_the_clock"', ''), '"by_appointment"', ''), ',', '') = '[]' ELSE FALSE END),
    CONSTRAINT service_languages_list CHECK (CASE WHEN json_valid("languages") THEN json_type("languages") = 'array' ELSE FALSE END),
    CONSTRAINT service_register_number_filled CHECK (trim("register_number") <> ''),
    CONSTRAINT service_register_valid_from_date CHECK ("register_valid_from" IS NULL OR ("register_valid_from" GLOB '[0-9][0-9][0-9][0-9]*' AND "register_valid_from" >= '0001' AND substr("register_valid_from" || '-01-01', 1, max(10, length("register_valid_from"))) IS date(substr("register_valid_from" || '-01-01', 1, max(10, length("register_valid_from"))), '+0 days'))),
    CONSTRAINT service_register_valid_to_date CHECK ("register_valid_to" IS NULL OR ("register_valid_to" GLOB '[0-9][0-9][0-9][0-9]*' AND "register_valid_to" >= '0001' AND substr("register_valid_to" || '-01-01', 1, max(10, length("register_valid_to"))) IS date(substr("register_valid_to" || '-01-01', 1, max(10, length("register_valid_to"))), '+0 days'))),
    CONSTRAINT service_attested_on_date CHECK ("attested_on" IS NULL OR ("attested_on" GLOB '[0-9][0-9][0-9][0-9]*' AND "attested_on" >= '0001' AND substr("attested_on" || '-01-01', 1, max(10, length("attested_on"))) IS date(substr("attested_on" || '-01-01', 1, max(10, length("attested_on"))), '+0 days'))),
    CONSTRAINT service_ages CHECK (minimum_age <= maximum_age),
    CONSTRAINT service_register_valid_from_not_after_register_valid_to CHECK (register_valid_from <= register_valid_to || '~'),
    CONSTRAINT service_register CHECK (register_number IS NOT NULL OR COALESCE(register_valid_from, register_valid_to) IS NULL)
);

CREATE INDEX service_provider_id_idx ON "service" ("provider_id");

CREATE TABLE "project" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "title" JSON NOT NULL,
    "contract_number" TEXT,
    "programme" JSON,
    "description" JSON,
    "url" TEXT,
    "amount_minor" BIGINT,
    "currency" TEXT,
    "starts_on" TEXT,
    "ends_on" TEXT,
    "beneficiaries" JSON,
    FOREIGN KEY (id) REFERENCES record (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT project_title_latvian CHECK ("title" IS NULL OR CASE WHEN json_valid("title") THEN COALESCE(json_type("title", '$.lv') = 'text' AND trim(json_extract("title", '$.lv')) <> '', FALSE) ELSE FALSE END),
    CONSTRAINT project_contract_number_filled CHECK (trim("contract_number") <> ''),
    CONSTRAINT project_programme_latvian CHECK ("programme" IS NULL OR CASE WHEN json_valid("programme") THEN COALESCE(json_type("programme", '$.lv') = 'text' AND trim(json_extract("programme", '$.lv')) <> '', FALSE) ELSE FALSE END),
    CONSTRAINT project_description_latvian CHECK ("description" IS NULL OR CASE WHEN json_valid("description") THEN COALESCE(json_type("description", '$.lv') = 'text' AND trim(json_extract("description", '$.lv')) <> '', FALSE) ELSE FALSE END),
    CONSTRAINT project_url_url CHECK ("url" GLOB 'http://?*' OR "url" GLOB 'https://?*'),
    CONSTRAINT project_amount_minor_whole CHECK ("amount_minor" IS NULL OR (typeof("amount_minor") = 'integer')),
    CONSTRAINT project_currency_code CHECK ("currency" GLOB '[A-Z][A-Z][A-Z]'),
    CONSTRAINT project_starts_on_date CHECK ("starts_on" IS NULL OR ("starts_on" GLOB '[0-9][0-9][0-9][0-9]*' AND "starts_on" >= '0001' AND substr("starts_on" || '-01-01', 1, max(10, length("starts_on"))) IS date(substr("starts_on" || '-01-01', 1, max(10, length("starts_on"))), '+0 days'))),
    CONSTRAINT project_ends_on_date CHECK ("ends_on" IS NULL OR ("ends_on" GLOB '[0-9][0-9][0-9][0-9]*' AND "ends_on" >= '0001' AND substr("ends_on" || '-01-01', 1, max(10, length("ends_on"))) IS date(substr("ends_on" || '-01-01', 1, max(10, length("ends_on"))), '+0 days'))),
    CONSTRAINT project_beneficiaries_latvian CHECK ("beneficiaries" IS NULL OR CASE WHEN json_valid("beneficiaries") THEN COALESCE(json_type("beneficiaries", '$.lv') = 'text' AND trim(json_extract("beneficiaries", '$.lv')) <> '', FALSE) ELSE FALSE END),
    CONSTRAINT project_amount CHECK (amount_minor >= 0),
    CONSTRAINT project_currency CHECK ((amount_minor IS NULL) = (currency IS NULL)),
    CONSTRAINT project_starts_on_not_after_ends_on CHECK (starts_on <= ends_on || '~')
);

CREATE TABLE "agreement" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "basis" VARCHAR(60) NOT NULL,
    "title" JSON,
    "number" TEXT,
    "description" JSON,
    "url" TEXT,
    "signed_on" TEXT,
    "valid_from" TEXT,
    "valid_to" TEXT,
    "legal_basis" TEXT,
    "procurement_id" TEXT,
    "value_minor" BIGINT,
    "unit_price_minor" BIGINT,
    "co_payment_minor" BIGINT,
    "currency" TEXT,
    "unit" JSON,
    "volume" VARCHAR(40),
    "extension" JSON,
    FOREIGN KEY (id) REFERENCES record (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT agreement_basis_choice CHECK ("basis" IN ('law', 'regulation', 'decision', 'contract')),
    CONSTRAINT agreement_title_latvian CHECK ("title" IS NULL OR CASE WHEN json_valid("title") THEN COALESCE(json_type("title", '$.lv') = 'text' AND trim(json_extract("title", '$.lv')) <> '', FALSE) ELSE FALSE END),
    CONSTRAINT agreement_number_filled CHECK (trim("number") <> ''),
    CONSTRAINT agreement_description_latvian CHECK ("description" IS NULL OR CASE WHEN json_valid("description") THEN COALESCE(json_type("description", '$.lv') = 'text' AND trim(json_extract("description", '$.lv')) <> '', FALSE) ELSE FALSE END),
    CONSTRAINT agreement_url_url CHECK ("url" GLOB 'http://?*' OR "url" GLOB 'https://?*'),
    CONSTRAINT agreement_signed_on_date CHECK ("signed_on" IS NULL OR ("signed_on" GLOB '[0-9][0-9][0-9][0-9]*' AND "signed_on" >= '0001' AND substr("signed_on" || '-01-01', 1, max(10, length("signed_on"))) IS date(substr("signed_on" || '-01-01', 1, max(10, length("signed_on"))), '+0 days'))),
    CONSTRAINT agreement_valid_from_date CHECK ("valid_from" IS NULL OR ("valid_from" GLOB '[0-9][0-9][0-9][0-9]*' AND "valid_from" >= '0001' AND substr("valid_from" || '-01-01', 1, max(10, length("valid_from"))) IS date(substr("valid_from" || '-01-01', 1, max(10, length("valid_from"))), '+0 days'))),
    CONSTRAINT agreement_valid_to_date CHECK ("valid_to" IS NULL OR ("valid_to" GLOB '[0-9][0-9][0-9][0-9]*' AND "valid_to" >= '0001' AND substr("valid_to" || '-01-01', 1, max(10, length("valid_to"))) IS date(substr("valid_to" || '-01-01', 1, max(10, length("valid_to"))), '+0 days'))),
    CONSTRAINT agreement_legal_basis_filled CHECK (trim("legal_basis") <> ''),
    CONSTRAINT agreement_procurement_id_filled CHECK (trim("procurement_id") <> ''),
    CONSTRAINT agreement_value_minor_whole CHECK ("value_minor" IS NULL OR (typeof("value_minor") = 'integer')),
    CONSTRAINT agreement_unit_price_minor_whole CHECK ("unit_price_minor" IS NULL OR (typeof("unit_price_minor") = 'integer')),
    CONSTRAINT agreement_co_payment_minor_whole CHECK ("co_payment_minor" IS NULL OR (typeof("co_payment_minor") = 'integer')),
    CONSTRAINT agreement_currency_code CHECK ("currency" GLOB '[A-Z][A-Z][A-Z]'),
    CONSTRAINT agreement_unit_latvian CHECK ("unit" IS NULL OR CASE WHEN json_valid("unit") THEN COALESCE(json_type("unit", '$.lv') = 'text' AND trim(json_extract("unit", '$.lv')) <> '', FALSE) ELSE FALSE END),
    CONSTRAINT agreement_volume_number CHECK (("volume" GLOB '[0-9]*' OR "volume" GLOB '-[0-9]*') AND "volume" GLOB '*[0-9]' AND substr("volume", 2) NOT GLOB '*[^0-9.]*' AND "volume" NOT GLOB '*.*.*' AND "volume" NOT GLOB '*.?????*' AND abs(CAST("volume" AS NUMERIC)) < 1e14),
    CONSTRAINT agreement_volume_least CHECK (CAST("volume" AS NUMERIC) >= 0),
    CONSTRAINT agreement_extension_latvian CHECK ("extension" IS NULL OR CASE WHEN json_valid("extension") THEN COALESCE(json_type("extension", '$.lv') = 'text' AND trim(json_extract("extension", '$.lv')) <> '', FALSE) ELSE FALSE END),
    CONSTRAINT agreement_contract_number CHECK (basis <> 'contract' OR number IS NOT NULL),
    CONSTRAINT agreement_value CHECK (value_minor >= 0),
    CONSTRAINT agreement_unit_price CHECK (unit_price_minor >= 0),
    CONSTRAINT agreement_co_payment CHECK (co_payment_minor >= 0),
    CONSTRAINT agreement_currency CHECK ((COALESCE(value_minor, unit_price_minor, co_payment_minor) IS NULL) = (currency IS NULL)),
    CONSTRAINT agreement_unit CHECK (unit_price_minor IS NULL OR unit IS NOT NULL),
    CONSTRAINT agreement_valid_from_not_after_valid_to CHECK (valid_from <= valid_to || '~')
);

CREATE TABLE "cooperation_link" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "kind" VARCHAR(60) NOT NULL,
    "side_a_id" CHAR(36) NOT NULL REFERENCES "organisation" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    "side_b_id" CHAR(36) NOT NULL REFERENCES "organisation" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    "description" JSON,
    "valid_from" TEXT,
    "valid_to" TEXT,
    "attested_on" TEXT,
    "agreement_id" CHAR(36) REFERENCES "agreement" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    "project_id" CHAR(36) REFERENCES "project" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (id) REFERENCES record (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT cooperation_link_kind_choice CHECK ("kind" IN ('cooperation', 'delegation', 'participation_contract', 'purchase', 'grant', 'joint_project', 'referral', 'information_exchange', 'membership', 'representation', 'infrastructure')),
    CONSTRAINT cooperation_link_description_latvian CHECK ("description" IS NULL OR CASE WHEN json_valid("description") THEN COALESCE(json_type("description", '$.lv') = 'text' AND trim(json_extract("description", '$.lv')) <> '', FALSE) ELSE FALSE END),
    CONSTRAINT cooperation_link_valid_from_date CHECK ("valid_from" IS NULL OR ("valid_from" GLOB '[0-9][0-9][0-9][0-9]*' AND "valid_from" >= '0001' AND substr("valid_from" || '-01-01', 1, max(10, length("valid_from"))) IS date(substr("valid_from" || '-01-01', 1, max(10, length("valid_from"))), '+0 days'))),
    CONSTRAINT cooperation_link_valid_to_date CHECK ("valid_to" IS NULL OR ("valid_to" GLOB '[0-9][0-9][0-9][0-9]*' AND "valid_to" >= '0001' AND substr("valid_to" || '-01-01', 1, max(10, length("valid_to"))) IS date(substr("valid_to" || '-01-01', 1, max(10, length("valid_to"))), '+0 days'))),
    CONSTRAINT cooperation_link_attested_on_date CHECK ("attested_on" IS NULL OR ("attested_on" GLOB '[0-9][0-9][0-9][0-9]*' AND "attested_on" >= '0001' AND substr("attested_on" || '-01-01', 1, max(10, length("attested_on"))) IS date(substr("attested_on" || '-01-01', 1, max(10, length("attested_on"))), '+0 days'))),
    CONSTRAINT cooperation_link_sides CHECK (side_a_id <> side_b_id),
    CONSTRAINT cooperation_link_valid_from_not_after_valid_to CHECK (valid_from <= valid_to || '~'),
    CONSTRAINT cooperation_link_valid_from_not_after_attested_on CHECK (valid_from <= attested_on || '~')
);

CREATE INDEX cooperation_link_side_a_id_idx ON "cooperation_link" ("side_a_id");

CREATE INDEX cooperation_link_side_b_id_idx ON "cooperation_link" ("side_b_id");

CREATE INDEX cooperation_link_agreement_id_idx ON "cooperation_link" ("agreement_id");

CREATE INDEX cooperation_link_project_id_idx ON "cooperation_link" ("project_id");

CREATE TABLE "event" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "title" JSON NOT NULL,
    "kind" VARCHAR(60) NOT NULL,
    "description" JSON,
    "starts_on" TEXT,
    "ends_on" TEXT,
    "start_time" TEXT,
    "occurrences" INT,
    "location_id" CHAR(36) REFERENCES "location" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    "attendance" INT,
    "project_id" CHAR(36) REFERENCES "project" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    "url" TEXT,
    FOREIGN KEY (id) REFERENCES record (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT event_title_latvian CHECK ("title" IS NULL OR CASE WHEN json_valid("title") THEN COALESCE(json_type("title", '$.lv') = 'text' AND trim(json_extract("title", '$.lv')) <> '', FALSE) ELSE FALSE END),
    CONSTRAINT event_kind_choice CHECK ("kind" IN ('conference', 'round_table', 'discussion', 'meeting', 'meeting_series', 'training', 'campaign', 'broadcast', 'other')),
    CONSTRAINT event_description_latvian CHECK ("description" IS NULL OR CASE WHEN json_valid("description") THEN COALESCE(json_type("description", '$.lv') = 'text' AND trim(json_extract("description", '$.lv')) <> '', FALSE) ELSE FALSE END),
    CONSTRAINT event_starts_on_date CHECK ("starts_on" IS NULL OR ("starts_on" GLOB '[0-9][0-9][0-9][0-9]*' AND "starts_on" >= '0001' AND substr("starts_on" || '-01-01', 1, max(10, length("starts_on"))) IS date(substr("starts_on" || '-01-01', 1, max(10, length("starts_on"))), '+0 days'))),
    CONSTRAINT event_ends_on_date CHECK ("ends_on" IS NULL OR ("ends_on" GLOB '[0-9][0-9][0-9][0-9]*' AND "ends_on" >= '0001' AND substr("ends_on" || '-01-01', 1, max(10, length("ends_on"))) IS date(substr("ends_on" || '-01-01', 1, max(10, length("ends_on"))), '+0 days'))),
    CONSTRAINT event_start_time_clock CHECK ("start_time" GLOB '[0-2][0-9]:[0-5][0-9]' AND "start_time" < '24:00'),
    CONSTRAINT event_occurrences_whole CHECK ("occurrences" IS NULL OR (typeof("occurrences") = 'integer' AND abs("occurrences") <= 2147483647)),
    CONSTRAINT event_occurrences_least CHECK ("occurrences" >= 1),
    CONSTRAINT event_attendance_whole CHECK ("attendance" IS NULL OR (typeof("attendance") = 'integer' AND abs("attendance") <= 2147483647)),
    CONSTRAINT event_attendance_least CHECK ("attendance" >= 0),
    CONSTRAINT event_url_url CHECK ("url" GLOB 'http://?*' OR "url" GLOB 'https://?*'),
    CONSTRAINT event_starts_on_not_after_ends_on CHECK (starts_on <= ends_on || '~'),
    CONSTRAINT event_end CHECK (ends_on IS NULL OR starts_on IS NOT NULL),
    CONSTRAINT event_start_time CHECK (start_time IS NULL OR starts_on IS NOT NULL)
);

CREATE INDEX event_location_id_idx ON "event" ("location_id");

CREATE INDEX event_project_id_idx ON "event" ("project_id");

CREATE TABLE "need" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "stated_by_id" CHAR(36) NOT NULL REFERENCES "organisation" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    "region_id" CHAR(36) NOT NULL REFERENCES "region" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    "category_id" CHAR(36) NOT NULL REFERENCES "taxonomy_term" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    "target_group_id" CHAR(36) REFERENCES "taxonomy_term" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    "statement" VARCHAR(60) NOT NULL,
    "description" JSON,
    "waiting" INT,
    "fewer_than_five" INT NOT NULL,
    "period_from" TEXT,
    "period_to" TEXT,
    FOREIGN KEY (id) REFERENCES record (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT need_statement_choice CHECK ("statement" IN ('needed', 'enough', 'none_here', 'bought_elsewhere')),
    CONSTRAINT need_description_latvian CHECK ("description" IS NULL OR CASE WHEN json_valid("description") THEN COALESCE(json_type("description", '$.lv') = 'text' AND trim(json_extract("description", '$.lv')) <> '', FALSE) ELSE FALSE END),
    CONSTRAINT need_waiting_whole CHECK ("waiting" IS NULL OR (typeof("waiting") = 'integer' AND abs("waiting") <= 2147483647)),
    CONSTRAINT need_waiting_least CHECK ("waiting" >= 0),
    CONSTRAINT need_fewer_than_five_flag CHECK ("fewer_than_five" IN (0, 1)),
    CONSTRAINT need_period_from_date CHECK ("period_from" IS NULL OR ("period_from" GLOB '[0-9][0-9][0-9][0-9]*' AND "period_from" >= '0001' AND substr("period_from" || '-01-01', 1, max(10, length("period_from"))) IS date(substr("period_from" || '-01-01', 1, max(10, length("period_from"))), '+0 days'))),
    CONSTRAINT need_period_to_date CHECK ("period_to" IS NULL OR ("period_to" GLOB '[0-9][0-9][0-9][0-9]*' AND "period_to" >= '0001' AND substr("period_to" || '-01-01', 1, max(10, length("period_to"))) IS date(substr("period_to" || '-01-01', 1, max(10, length("period_to"))), '+0 days'))),
    CONSTRAINT need_period_from_not_after_period_to CHECK (period_from <= period_to || '~'),
    CONSTRAINT need_waiting_not_few CHECK (waiting = 0 OR waiting >= 5),
    CONSTRAINT need_fewer_than_five CHECK (NOT fewer_than_five OR waiting IS NULL)
);

CREATE INDEX need_stated_by_id_idx ON "need" ("stated_by_id");

CREATE INDEX need_region_id_idx ON "need" ("region_id");

CREATE INDEX need_category_id_idx ON "need" ("category_id");

CREATE INDEX need_target_group_id_idx ON "need" ("target_group_id");

CREATE TABLE "figure" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "indicator" TEXT NOT NULL,
    "name" JSON NOT NULL,
    "value" VARCHAR(40) NOT NULL,
    "qualifier" VARCHAR(60) NOT NULL,
    "unit" JSON NOT NULL,
    "as_of" TEXT,
    "description" JSON,
    "region_id" CHAR(36) REFERENCES "region" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    "organisation_id" CHAR(36) REFERENCES "organisation" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    "service_id" CHAR(36) REFERENCES "service" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    "project_id" CHAR(36) REFERENCES "project" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (id) REFERENCES record (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT figure_indicator_filled CHECK (trim("indicator") <> ''),
    CONSTRAINT figure_name_latvian CHECK ("name" IS NULL OR CASE WHEN json_valid("name") THEN COALESCE(json_type("name", '$.lv') = 'text' AND trim(json_extract("name", '$.lv')) <> '', FALSE) ELSE FALSE END),
    CONSTRAINT figure_value_number CHECK (("value" GLOB '[0-9]*' OR "value" GLOB '-[0-9]*') AND "value" GLOB '*[0-9]' AND substr("value", 2) NOT GLOB '*[^0-9.]*' AND "value" NOT GLOB '*.*.*' AND "value" NOT GLOB '*.?????*' AND abs(CAST("value" AS NUMERIC)) < 1e14),
    CONSTRAINT figure_qualifier_choice CHECK ("qualifier" IN ('exact', 'more_than', 'about')),
    CONSTRAINT figure_unit_latvian CHECK ("unit" IS NULL OR CASE WHEN json_valid("unit") THEN COALESCE(json_type("unit", '$.lv') = 'text' AND trim(json_extract("unit", '$.lv')) <> '', FALSE) ELSE FALSE END),
    CONSTRAINT figure_as_of_date CHECK ("as_of" IS NULL OR ("as_of" GLOB '[0-9][0-9][0-9][0-9]*' AND "as_of" >= '0001' AND substr("as_of" || '-01-01', 1, max(10, length("as_of"))) IS date(substr("as_of" || '-01-01', 1, max(10, length("as_of"))), '+0 days'))),
    CONSTRAINT figure_description_latvian CHECK ("description" IS NULL OR CASE WHEN json_valid("description") THEN COALESCE(json_type("description", '$.lv') = 'text' AND trim(json_extract("description", '$.lv')) <> '', FALSE) ELSE FALSE END),
    CONSTRAINT figure_subject CHECK (1 = CASE WHEN region_id IS NULL THEN 0 ELSE 1 END + CASE WHEN organisation_id IS NULL THEN 0 ELSE 1 END + CASE WHEN service_id IS NULL THEN 0 ELSE 1 END + CASE WHEN project_id IS NULL THEN 0 ELSE 1 END)
);

CREATE INDEX figure_region_id_idx ON "figure" ("region_id");

CREATE INDEX figure_organisation_id_idx ON "figure" ("organisation_id");

CREATE INDEX figure_service_id_idx ON "figure" ("service_id");

CREATE INDEX figure_project_id_idx ON "figure" ("project_id");

CREATE TABLE "location_private" (
    "location_id" CHAR(36) NOT NULL PRIMARY KEY REFERENCES "location" (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    "content" JSON NOT NULL,
    CONSTRAINT location_private_content_json CHECK (json_valid("content"))
);

CREATE TABLE "evidence" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "position" INT NOT NULL,
    "owner_id" CHAR(36) NOT NULL REFERENCES "record" (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    "source_id" CHAR(36) NOT NULL REFERENCES "source" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    "basis" VARCHAR(60) NOT NULL,
    "says" JSON NOT NULL,
    "locator" TEXT,
    "field" TEXT,
    "speaks_for" VARCHAR(60),
    CONSTRAINT evidence_id_uuid CHECK ("id" GLOB '????????-????-????-????-????????????' AND "id" NOT GLOB '*[^0-9a-f-]*'),
    CONSTRAINT evidence_position_whole CHECK ("position" IS NULL OR (typeof("position") = 'integer' AND abs("position") <= 2147483647)),
    CONSTRAINT evidence_position_least CHECK ("position" >= 0),
    CONSTRAINT evidence_basis_choice CHECK ("basis" IN ('stated', 'inferred')),
    CONSTRAINT evidence_says_latvian CHECK ("says" IS NULL OR CASE WHEN json_valid("says") THEN COALESCE(json_type("says", '$.lv') = 'text' AND trim(json_extract("says", '$.lv')) <> '', FALSE) ELSE FALSE END),
    CONSTRAINT evidence_locator_filled CHECK (trim("locator") <> ''),
    CONSTRAINT evidence_field_filled CHECK (trim("field") <> ''),
    CONSTRAINT evidence_speaks_for_choice CHECK ("speaks_for" IN ('side_a', 'side_b', 'both', 'third'))
);

CREATE INDEX evidence_owner_id_idx ON "evidence" ("owner_id");

CREATE INDEX evidence_source_id_idx ON "evidence" ("source_id");

CREATE TABLE "region_succession" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "position" INT NOT NULL,
    "owner_id" CHAR(36) NOT NULL REFERENCES "region" (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    "successor_id" CHAR(36) NOT NULL REFERENCES "region" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    "relation" VARCHAR(60) NOT NULL,
    "part" JSON,
    "on" DATE NOT NULL,
    "former_atvk" TEXT,
    CONSTRAINT region_succession_owner_successor_key UNIQUE ("owner_id", "successor_id"),
    CONSTRAINT region_succession_id_uuid CHECK ("id" GLOB '????????-????-????-????-????????????' AND "id" NOT GLOB '*[^0-9a-f-]*'),
    CONSTRAINT region_succession_position_whole CHECK ("position" IS NULL OR (typeof("position") = 'integer' AND abs("position") <= 2147483647)),
    CONSTRAINT region_succession_position_least CHECK ("position" >= 0),
    CONSTRAINT region_succession_relation_choice CHECK ("relation" IN ('merged_into', 'enlarged', 'unchanged', 'split')),
    CONSTRAINT region_succession_part_latvian CHECK ("part" IS NULL OR CASE WHEN json_valid("part") THEN COALESCE(json_type("part", '$.lv') = 'text' AND trim(json_extract("part", '$.lv')) <> '', FALSE) ELSE FALSE END),
    CONSTRAINT region_succession_on_day CHECK ("on" IS NULL OR ("on" GLOB '[0-9][0-9][0-9][0-9]-*' AND "on" IS date("on", '+0 days'))),
    CONSTRAINT region_succession_former_atvk_filled CHECK (trim("former_atvk") <> ''),
    CONSTRAINT region_succession_unchanged CHECK ((relation = 'unchanged') = (successor_id = owner_id)),
    CONSTRAINT region_succession_part CHECK ((relation = 'split') = (part IS NOT NULL))
);

CREATE INDEX region_succession_owner_id_idx ON "region_succession" ("owner_id");

CREATE INDEX region_succession_successor_id_idx ON "region_succession" ("successor_id");

CREATE TABLE "region_nuts" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "position" INT NOT NULL,
    "owner_id" CHAR(36) NOT NULL REFERENCES "region" (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    "version" INT NOT NULL,
    "code" TEXT NOT NULL,
    CONSTRAINT region_nuts_owner_version_key UNIQUE ("owner_id", "version"),
    CONSTRAINT region_nuts_id_uuid CHECK ("id" GLOB '????????-????-????-????-????????????' AND "id" NOT GLOB '*[^0-9a-f-]*'),
    CONSTRAINT region_nuts_position_whole CHECK ("position" IS NULL OR (typeof("position") = 'integer' AND abs("position") <= 2147483647)),
    CONSTRAINT region_nuts_position_least CHECK ("position" >= 0),
    CONSTRAINT region_nuts_version_whole CHECK ("version" IS NULL OR (typeof("version") = 'integer' AND abs("version") <= 2147483647)),
    CONSTRAINT region_nuts_version_least CHECK ("version" >= 2003),
    CONSTRAINT region_nuts_version_most CHECK ("version" <= 2100),
    CONSTRAINT region_nuts_code_filled CHECK (trim("code") <> '')
);

CREATE INDEX region_nuts_owner_id_idx ON "region_nuts" ("owner_id");

CREATE TABLE "taxonomy_alias" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "position" INT NOT NULL,
    "owner_id" CHAR(36) NOT NULL REFERENCES "taxonomy_term" (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    "name" TEXT NOT NULL,
    CONSTRAINT taxonomy_alias_owner_name_key UNIQUE ("owner_id", "name"),
    CONSTRAINT taxonomy_alias_id_uuid CHECK ("id" GLOB '????????-????-????-????-????????????' AND "id" NOT GLOB '*[^0-9a-f-]*'),
    CONSTRAINT taxonomy_alias_position_whole CHECK ("position" IS NULL OR (typeof("position") = 'integer' AND abs("position") <= 2147483647)),
    CONSTRAINT taxonomy_alias_position_least CHECK ("position" >= 0),
    CONSTRAINT taxonomy_alias_name_filled CHECK (trim("name") <> '')
);

CREATE INDEX taxonomy_alias_owner_id_idx ON "taxonomy_alias" ("owner_id");

CREATE TABLE "taxonomy_mapping" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "position" INT NOT NULL,
    "owner_id" CHAR(36) NOT NULL REFERENCES "taxonomy_term" (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    "scheme" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    CONSTRAINT taxonomy_mapping_owner_scheme_value_key UNIQUE ("owner_id", "scheme", "value"),
    CONSTRAINT taxonomy_mapping_id_uuid CHECK ("id" GLOB '????????-????-????-????-????????????' AND "id" NOT GLOB '*[^0-9a-f-]*'),
    CONSTRAINT taxonomy_mapping_position_whole CHECK ("position" IS NULL OR (typeof("position") = 'integer' AND abs("position") <= 2147483647)),
    CONSTRAINT taxonomy_mapping_position_least CHECK ("position" >= 0),
    CONSTRAINT taxonomy_mapping_scheme_filled CHECK (trim("scheme") <> ''),
    CONSTRAINT taxonomy_mapping_value_filled CHECK (trim("value") <> '')
);

CREATE INDEX taxonomy_mapping_owner_id_idx ON "taxonomy_mapping" ("owner_id");

CREATE TABLE "organisation_name" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "position" INT NOT NULL,
    "owner_id" CHAR(36) NOT NULL REFERENCES "organisation" (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    "name" TEXT NOT NULL,
    CONSTRAINT organisation_name_owner_name_key UNIQUE ("owner_id", "name"),
    CONSTRAINT organisation_name_id_uuid CHECK ("id" GLOB '????????-????-????-????-????????????' AND "id" NOT GLOB '*[^0-9a-f-]*'),
    CONSTRAINT organisation_name_position_whole CHECK ("position" IS NULL OR (typeof("position") = 'integer' AND abs("position") <= 2147483647)),
    CONSTRAINT organisation_name_position_least CHECK ("position" >= 0),
    CONSTRAINT organisation_name_name_filled CHECK (trim("name") <> '')
);

CREATE INDEX organisation_name_owner_id_idx ON "organisation_name" ("owner_id");

CREATE TABLE "organisation_identifier" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "position" INT NOT NULL,
    "owner_id" CHAR(36) NOT NULL REFERENCES "organisation" (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    "scheme" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    CONSTRAINT organisation_identifier_scheme_value_key UNIQUE ("scheme", "value"),
    CONSTRAINT organisation_identifier_id_uuid CHECK ("id" GLOB '????????-????-????-????-????????????' AND "id" NOT GLOB '*[^0-9a-f-]*'),
    CONSTRAINT organisation_identifier_position_whole CHECK ("position" IS NULL OR (typeof("position") = 'integer' AND abs("position") <= 2147483647)),
    CONSTRAINT organisation_identifier_position_least CHECK ("position" >= 0),
    CONSTRAINT organisation_identifier_scheme_filled CHECK (trim("scheme") <> ''),
    CONSTRAINT organisation_identifier_value_filled CHECK (trim("value") <> ''),
    CONSTRAINT organisation_identifier_registration_number CHECK (scheme <> 'registration_number' OR (length(value) = 11 AND value NOT GLOB '*[^0-9]*'))
);

CREATE INDEX organisation_identifier_owner_id_idx ON "organisation_identifier" ("owner_id");

CREATE TABLE "organisation_status" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "position" INT NOT NULL,
    "owner_id" CHAR(36) NOT NULL REFERENCES "organisation" (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    "kind" VARCHAR(60) NOT NULL,
    "valid_from" TEXT,
    "valid_to" TEXT,
    CONSTRAINT organisation_status_id_uuid CHECK ("id" GLOB '????????-????-????-????-????????????' AND "id" NOT GLOB '*[^0-9a-f-]*'),
    CONSTRAINT organisation_status_position_whole CHECK ("position" IS NULL OR (typeof("position") = 'integer' AND abs("position") <= 2147483647)),
    CONSTRAINT organisation_status_position_least CHECK ("position" >= 0),
    CONSTRAINT organisation_status_kind_choice CHECK ("kind" IN ('social_enterprise', 'public_benefit')),
    CONSTRAINT organisation_status_valid_from_date CHECK ("valid_from" IS NULL OR ("valid_from" GLOB '[0-9][0-9][0-9][0-9]*' AND "valid_from" >= '0001' AND substr("valid_from" || '-01-01', 1, max(10, length("valid_from"))) IS date(substr("valid_from" || '-01-01', 1, max(10, length("valid_from"))), '+0 days'))),
    CONSTRAINT organisation_status_valid_to_date CHECK ("valid_to" IS NULL OR ("valid_to" GLOB '[0-9][0-9][0-9][0-9]*' AND "valid_to" >= '0001' AND substr("valid_to" || '-01-01', 1, max(10, length("valid_to"))) IS date(substr("valid_to" || '-01-01', 1, max(10, length("valid_to"))), '+0 days'))),
    CONSTRAINT organisation_status_valid_from_not_after_valid_to CHECK (valid_from <= valid_to || '~')
);

CREATE INDEX organisation_status_owner_id_idx ON "organisation_status" ("owner_id");

CREATE TABLE "organisation_authority" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "position" INT NOT NULL,
    "owner_id" CHAR(36) NOT NULL REFERENCES "organisation" (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    "region_id" CHAR(36) NOT NULL REFERENCES "region" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    "valid_from" TEXT,
    "valid_to" TEXT,
    CONSTRAINT organisation_authority_id_uuid CHECK ("id" GLOB '????????-????-????-????-????????????' AND "id" NOT GLOB '*[^0-9a-f-]*'),
    CONSTRAINT organisation_authority_position_whole CHECK ("position" IS NULL OR (typeof("position") = 'integer' AND abs("position") <= 2147483647)),
    CONSTRAINT organisation_authority_position_least CHECK ("position" >= 0),
    CONSTRAINT organisation_authority_valid_from_date CHECK ("valid_from" IS NULL OR ("valid_from" GLOB '[0-9][0-9][0-9][0-9]*' AND "valid_from" >= '0001' AND substr("valid_from" || '-01-01', 1, max(10, length("valid_from"))) IS date(substr("valid_from" || '-01-01', 1, max(10, length("valid_from"))), '+0 days'))),
    CONSTRAINT organisation_authority_valid_to_date CHECK ("valid_to" IS NULL OR ("valid_to" GLOB '[0-9][0-9][0-9][0-9]*' AND "valid_to" >= '0001' AND substr("valid_to" || '-01-01', 1, max(10, length("valid_to"))) IS date(substr("valid_to" || '-01-01', 1, max(10, length("valid_to"))), '+0 days'))),
    CONSTRAINT organisation_authority_valid_from_not_after_valid_to CHECK (valid_from <= valid_to || '~')
);

CREATE INDEX organisation_authority_owner_id_idx ON "organisation_authority" ("owner_id");

CREATE INDEX organisation_authority_region_id_idx ON "organisation_authority" ("region_id");

CREATE TABLE "service_capacity" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "position" INT NOT NULL,
    "owner_id" CHAR(36) NOT NULL REFERENCES "service" (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    "value" INT NOT NULL,
    "qualifier" VARCHAR(60) NOT NULL,
    "unit" JSON NOT NULL,
    "as_of" TEXT,
    CONSTRAINT service_capacity_id_uuid CHECK ("id" GLOB '????????-????-????-????-????????????' AND "id" NOT GLOB '*[^0-9a-f-]*'),
    CONSTRAINT service_capacity_position_whole CHECK ("position" IS NULL OR (typeof("position") = 'integer' AND abs("position") <= 2147483647)),
    CONSTRAINT service_capacity_position_least CHECK ("position" >= 0),
    CONSTRAINT service_capacity_value_whole CHECK ("value" IS NULL OR (typeof("value") = 'integer' AND abs("value") <= 2147483647)),
    CONSTRAINT service_capacity_value_least CHECK ("value" >= 0),
    CONSTRAINT service_capacity_qualifier_choice CHECK ("qualifier" IN ('exact', 'more_than', 'about')),
    CONSTRAINT service_capacity_unit_latvian CHECK ("unit" IS NULL OR CASE WHEN json_valid("unit") THEN COALESCE(json_type("unit", '$.lv') = 'text' AND trim(json_extract("unit", '$.lv')) <> '', FALSE) ELSE FALSE END),
    CONSTRAINT service_capacity_as_of_date CHECK ("as_of" IS NULL OR ("as_of" GLOB '[0-9][0-9][0-9][0-9]*' AND "as_of" >= '0001' AND substr("as_of" || '-01-01', 1, max(10, length("as_of"))) IS date(substr("as_of" || '-01-01', 1, max(10, length("as_of"))), '+0 days')))
);

CREATE INDEX service_capacity_owner_id_idx ON "service_capacity" ("owner_id");

CREATE TABLE "service_cost" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "position" INT NOT NULL,
    "owner_id" CHAR(36) NOT NULL REFERENCES "service" (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    "amount_minor" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "unit" JSON,
    "description" JSON,
    CONSTRAINT service_cost_id_uuid CHECK ("id" GLOB '????????-????-????-????-????????????' AND "id" NOT GLOB '*[^0-9a-f-]*'),
    CONSTRAINT service_cost_position_whole CHECK ("position" IS NULL OR (typeof("position") = 'integer' AND abs("position") <= 2147483647)),
    CONSTRAINT service_cost_position_least CHECK ("position" >= 0),
    CONSTRAINT service_cost_amount_minor_whole CHECK ("amount_minor" IS NULL OR (typeof("amount_minor") = 'integer')),
    CONSTRAINT service_cost_currency_code CHECK ("currency" GLOB '[A-Z][A-Z][A-Z]'),
    CONSTRAINT service_cost_unit_latvian CHECK ("unit" IS NULL OR CASE WHEN json_valid("unit") THEN COALESCE(json_type("unit", '$.lv') = 'text' AND trim(json_extract("unit", '$.lv')) <> '', FALSE) ELSE FALSE END),
    CONSTRAINT service_cost_description_latvian CHECK ("description" IS NULL OR CASE WHEN json_valid("description") THEN COALESCE(json_type("description", '$.lv') = 'text' AND trim(json_extract("description", '$.lv')) <> '', FALSE) ELSE FALSE END),
    CONSTRAINT service_cost_amount CHECK (amount_minor >= 0)
);

CREATE INDEX service_cost_owner_id_idx ON "service_cost" ("owner_id");

CREATE TABLE "service_document" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "position" INT NOT NULL,
    "owner_id" CHAR(36) NOT NULL REFERENCES "service" (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    "name" JSON NOT NULL,
    CONSTRAINT service_document_id_uuid CHECK ("id" GLOB '????????-????-????-????-????????????' AND "id" NOT GLOB '*[^0-9a-f-]*'),
    CONSTRAINT service_document_position_whole CHECK ("position" IS NULL OR (typeof("position") = 'integer' AND abs("position") <= 2147483647)),
    CONSTRAINT service_document_position_least CHECK ("position" >= 0),
    CONSTRAINT service_document_name_latvian CHECK ("name" IS NULL OR CASE WHEN json_valid("name") THEN COALESCE(json_type("name", '$.lv') = 'text' AND trim(json_extract("name", '$.lv')) <> '', FALSE) ELSE FALSE END)
);

CREATE INDEX service_document_owner_id_idx ON "service_document" ("owner_id");

CREATE TABLE "service_schedule" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "position" INT NOT NULL,
    "owner_id" CHAR(36) NOT NULL REFERENCES "service" (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    "byday" TEXT,
    "opens_at" TEXT,
    "closes_at" TEXT,
    "valid_from" DATE,
    "valid_to" DATE,
    "description" JSON,
    CONSTRAINT service_schedule_id_uuid CHECK ("id" GLOB '????????-????-????-????-????????????' AND "id" NOT GLOB '*[^0-9a-f-]*'),
    CONSTRAINT service_schedule_position_whole CHECK ("position" IS NULL OR (typeof("position") = 'integer' AND abs("position") <= 2147483647)),
    CONSTRAINT service_schedule_position_least CHECK ("position" >= 0),
    CONSTRAINT service_schedule_byday_filled CHECK (trim("byday") <> ''),
    CONSTRAINT service_schedule_opens_at_clock CHECK ("opens_at" GLOB '[0-2][0-9]:[0-5][0-9]' AND "opens_at" < '24:00'),
    CONSTRAINT service_schedule_closes_at_clock CHECK ("closes_at" GLOB '[0-2][0-9]:[0-5][0-9]' AND "closes_at" < '24:00'),
    CONSTRAINT service_schedule_valid_from_day CHECK ("valid_from" IS NULL OR ("valid_from" GLOB '[0-9][0-9][0-9][0-9]-*' AND "valid_from" IS date("valid_from", '+0 days'))),
    CONSTRAINT service_schedule_valid_to_day CHECK ("valid_to" IS NULL OR ("valid_to" GLOB '[0-9][0-9][0-9][0-9]-*' AND "valid_to" IS date("valid_to", '+0 days'))),
    CONSTRAINT service_schedule_description_latvian CHECK ("description" IS NULL OR CASE WHEN json_valid("description") THEN COALESCE(json_type("description", '$.lv') = 'text' AND trim(json_extract("description", '$.lv')) <> '', FALSE) ELSE FALSE END),
    CONSTRAINT service_schedule_period CHECK (valid_from <= valid_to),
    CONSTRAINT service_schedule_hours CHECK (closes_at IS NULL OR opens_at IS NOT NULL)
);

CREATE INDEX service_schedule_owner_id_idx ON "service_schedule" ("owner_id");

CREATE TABLE "service_quality" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "position" INT NOT NULL,
    "owner_id" CHAR(36) NOT NULL REFERENCES "service" (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    "criterion" JSON NOT NULL,
    "met" INT,
    "evidence_id" CHAR(36) REFERENCES "evidence" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    "checked_on" TEXT,
    CONSTRAINT service_quality_id_uuid CHECK ("id" GLOB '????????-????-????-????-????????????' AND "id" NOT GLOB '*[^0-9a-f-]*'),
    CONSTRAINT service_quality_position_whole CHECK ("position" IS NULL OR (typeof("position") = 'integer' AND abs("position") <= 2147483647)),
    CONSTRAINT service_quality_position_least CHECK ("position" >= 0),
    CONSTRAINT service_quality_criterion_latvian CHECK ("criterion" IS NULL OR CASE WHEN json_valid("criterion") THEN COALESCE(json_type("criterion", '$.lv') = 'text' AND trim(json_extract("criterion", '$.lv')) <> '', FALSE) ELSE FALSE END),
    CONSTRAINT service_quality_met_flag CHECK ("met" IN (0, 1)),
    CONSTRAINT service_quality_checked_on_date CHECK ("checked_on" IS NULL OR ("checked_on" GLOB '[0-9][0-9][0-9][0-9]*' AND "checked_on" >= '0001' AND substr("checked_on" || '-01-01', 1, max(10, length("checked_on"))) IS date(substr("checked_on" || '-01-01', 1, max(10, length("checked_on"))), '+0 days')))
);

CREATE INDEX service_quality_owner_id_idx ON "service_quality" ("owner_id");

CREATE INDEX service_quality_evidence_id_idx ON "service_quality" ("evidence_id");

CREATE TABLE "project_participation" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "position" INT NOT NULL,
    "owner_id" CHAR(36) NOT NULL REFERENCES "project" (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    "organisation_id" CHAR(36) NOT NULL REFERENCES "organisation" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    "role" VARCHAR(60) NOT NULL,
    "share_percent" VARCHAR(40),
    "amount_minor" BIGINT,
    "currency" TEXT,
    CONSTRAINT project_participation_owner_organisation_role_key UNIQUE ("owner_id", "organisation_id", "role"),
    CONSTRAINT project_participation_id_uuid CHECK ("id" GLOB '????????-????-????-????-????????????' AND "id" NOT GLOB '*[^0-9a-f-]*'),
    CONSTRAINT project_participation_position_whole CHECK ("position" IS NULL OR (typeof("position") = 'integer' AND abs("position") <= 2147483647)),
    CONSTRAINT project_participation_position_least CHECK ("position" >= 0),
    CONSTRAINT project_participation_role_choice CHECK ("role" IN ('lead', 'partner', 'funder', 'administrator', 'contractor')),
    CONSTRAINT project_participation_share_percent_number CHECK (("share_percent" GLOB '[0-9]*' OR "share_percent" GLOB '-[0-9]*') AND "share_percent" GLOB '*[0-9]' AND substr("share_percent", 2) NOT GLOB '*[^0-9.]*' AND "share_percent" NOT GLOB '*.*.*' AND "share_percent" NOT GLOB '*.???*' AND abs(CAST("share_percent" AS NUMERIC)) < 1e3),
    CONSTRAINT project_participation_share_percent_least CHECK (CAST("share_percent" AS NUMERIC) >= 0),
    CONSTRAINT project_participation_share_percent_most CHECK (CAST("share_percent" AS NUMERIC) <= 100),
    CONSTRAINT project_participation_amount_minor_whole CHECK ("amount_minor" IS NULL OR (typeof("amount_minor") = 'integer')),
    CONSTRAINT project_participation_currency_code CHECK ("currency" GLOB '[A-Z][A-Z][A-Z]'),
    CONSTRAINT project_participation_amount CHECK (amount_minor >= 0),
    CONSTRAINT project_participation_currency CHECK ((amount_minor IS NULL) = (currency IS NULL))
);

CREATE INDEX project_participation_owner_id_idx ON "project_participation" ("owner_id");

CREATE INDEX project_participation_organisation_id_idx ON "project_participation" ("organisation_id");

CREATE TABLE "project_activity" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "position" INT NOT NULL,
    "owner_id" CHAR(36) NOT NULL REFERENCES "project" (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    "name" JSON NOT NULL,
    CONSTRAINT project_activity_id_uuid CHECK ("id" GLOB '????????-????-????-????-????????????' AND "id" NOT GLOB '*[^0-9a-f-]*'),
    CONSTRAINT project_activity_position_whole CHECK ("position" IS NULL OR (typeof("position") = 'integer' AND abs("position") <= 2147483647)),
    CONSTRAINT project_activity_position_least CHECK ("position" >= 0),
    CONSTRAINT project_activity_name_latvian CHECK ("name" IS NULL OR CASE WHEN json_valid("name") THEN COALESCE(json_type("name", '$.lv') = 'text' AND trim(json_extract("name", '$.lv')) <> '', FALSE) ELSE FALSE END)
);

CREATE INDEX project_activity_owner_id_idx ON "project_activity" ("owner_id");

CREATE TABLE "project_output" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "position" INT NOT NULL,
    "owner_id" CHAR(36) NOT NULL REFERENCES "project" (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    "name" JSON NOT NULL,
    "on" TEXT,
    "url" TEXT,
    CONSTRAINT project_output_id_uuid CHECK ("id" GLOB '????????-????-????-????-????????????' AND "id" NOT GLOB '*[^0-9a-f-]*'),
    CONSTRAINT project_output_position_whole CHECK ("position" IS NULL OR (typeof("position") = 'integer' AND abs("position") <= 2147483647)),
    CONSTRAINT project_output_position_least CHECK ("position" >= 0),
    CONSTRAINT project_output_name_latvian CHECK ("name" IS NULL OR CASE WHEN json_valid("name") THEN COALESCE(json_type("name", '$.lv') = 'text' AND trim(json_extract("name", '$.lv')) <> '', FALSE) ELSE FALSE END),
    CONSTRAINT project_output_on_date CHECK ("on" IS NULL OR ("on" GLOB '[0-9][0-9][0-9][0-9]*' AND "on" >= '0001' AND substr("on" || '-01-01', 1, max(10, length("on"))) IS date(substr("on" || '-01-01', 1, max(10, length("on"))), '+0 days'))),
    CONSTRAINT project_output_url_url CHECK ("url" GLOB 'http://?*' OR "url" GLOB 'https://?*')
);

CREATE INDEX project_output_owner_id_idx ON "project_output" ("owner_id");

CREATE TABLE "event_participation" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "position" INT NOT NULL,
    "owner_id" CHAR(36) NOT NULL REFERENCES "event" (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    "organisation_id" CHAR(36) NOT NULL REFERENCES "organisation" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    "role" VARCHAR(60) NOT NULL,
    CONSTRAINT event_participation_owner_organisation_role_key UNIQUE ("owner_id", "organisation_id", "role"),
    CONSTRAINT event_participation_id_uuid CHECK ("id" GLOB '????????-????-????-????-????????????' AND "id" NOT GLOB '*[^0-9a-f-]*'),
    CONSTRAINT event_participation_position_whole CHECK ("position" IS NULL OR (typeof("position") = 'integer' AND abs("position") <= 2147483647)),
    CONSTRAINT event_participation_position_least CHECK ("position" >= 0),
    CONSTRAINT event_participation_role_choice CHECK ("role" IN ('organiser', 'host', 'moderator', 'speaker', 'participant'))
);

CREATE INDEX event_participation_owner_id_idx ON "event_participation" ("owner_id");

CREATE INDEX event_participation_organisation_id_idx ON "event_participation" ("organisation_id");

CREATE TABLE "confirmation" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "link_id" CHAR(36) NOT NULL REFERENCES "record" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    "side" VARCHAR(60) NOT NULL,
    "state" VARCHAR(60) NOT NULL,
    "on" DATE NOT NULL,
    "role" VARCHAR(60) NOT NULL,
    "organisation_id" CHAR(36) REFERENCES "record" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    "source_id" CHAR(36) REFERENCES "record" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    "tie_level" INT,
    "note" TEXT,
    "at" TIMESTAMP NOT NULL,
    CONSTRAINT confirmation_id_uuid CHECK ("id" GLOB '????????-????-????-????-????????????' AND "id" NOT GLOB '*[^0-9a-f-]*'),
    CONSTRAINT confirmation_side_choice CHECK ("side" IN ('side_a', 'side_b')),
    CONSTRAINT confirmation_state_choice CHECK ("state" IN ('unasked', 'asked', 'confirmed', 'disputed')),
    CONSTRAINT confirmation_on_day CHECK ("on" IS NULL OR ("on" GLOB '[0-9][0-9][0-9][0-9]-*' AND "on" IS date("on", '+0 days'))),
    CONSTRAINT confirmation_role_choice CHECK ("role" IN ('representative', 'mail', 'editor', 'system')),
    CONSTRAINT confirmation_tie_level_whole CHECK ("tie_level" IS NULL OR (typeof("tie_level") = 'integer' AND abs("tie_level") <= 2147483647)),
    CONSTRAINT confirmation_tie_level_least CHECK ("tie_level" >= 0),
    CONSTRAINT confirmation_tie_level_most CHECK ("tie_level" <= 5),
    CONSTRAINT confirmation_note_filled CHECK (trim("note") <> ''),
    CONSTRAINT confirmation_at_moment CHECK ("at" IS NULL OR ("at" GLOB '[0-9][0-9][0-9][0-9]-*' AND datetime("at") IS NOT NULL)),
    CONSTRAINT confirmation_representative CHECK (role NOT IN ('representative', 'mail') OR organisation_id IS NOT NULL),
    CONSTRAINT confirmation_editor CHECK (role <> 'editor' OR state = 'asked' OR source_id IS NOT NULL),
    CONSTRAINT confirmation_system CHECK ((role = 'system') = (state = 'unasked'))
);

CREATE INDEX confirmation_link_id_idx ON "confirmation" ("link_id");

CREATE INDEX confirmation_organisation_id_idx ON "confirmation" ("organisation_id");

CREATE INDEX confirmation_source_id_idx ON "confirmation" ("source_id");

CREATE TABLE "availability" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "service_id" CHAR(36) NOT NULL REFERENCES "record" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    "state" VARCHAR(60) NOT NULL,
    "free_places" INT,
    "weeks_to_wait" INT,
    "as_of" DATE NOT NULL,
    "role" TEXT NOT NULL,
    "at" TIMESTAMP NOT NULL,
    CONSTRAINT availability_id_uuid CHECK ("id" GLOB '????????-????-????-????-????????????' AND "id" NOT GLOB '*[^0-9a-f-]*'),
    CONSTRAINT availability_state_choice CHECK ("state" IN ('open', 'queue', 'full', 'unknown')),
    CONSTRAINT availability_free_places_whole CHECK ("free_places" IS NULL OR (typeof("free_places") = 'integer' AND abs("free_places") <= 2147483647)),
    CONSTRAINT availability_free_places_least CHECK ("free_places" >= 0),
    CONSTRAINT availability_weeks_to_wait_whole CHECK ("weeks_to_wait" IS NULL OR (typeof("weeks_to_wait") = 'integer' AND abs("weeks_to_wait") <= 2147483647)),
    CONSTRAINT availability_weeks_to_wait_least CHECK ("weeks_to_wait" >= 0),
    CONSTRAINT availability_as_of_day CHECK ("as_of" IS NULL OR ("as_of" GLOB '[0-9][0-9][0-9][0-9]-*' AND "as_of" IS date("as_of", '+0 days'))),
    CONSTRAINT availability_role_filled CHECK (trim("role") <> ''),
    CONSTRAINT availability_at_moment CHECK ("at" IS NULL OR ("at" GLOB '[0-9][0-9][0-9][0-9]-*' AND datetime("at") IS NOT NULL)),
    CONSTRAINT availability_places CHECK (free_places IS NULL OR state = 'open'),
    CONSTRAINT availability_weeks CHECK (weeks_to_wait IS NULL OR state = 'queue')
);

CREATE INDEX availability_service_id_idx ON "availability" ("service_id");

CREATE TABLE "revision" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "record_id" CHAR(36) NOT NULL,
    "noun" TEXT NOT NULL,
    "kind" VARCHAR(60) NOT NULL,
    "act" VARCHAR(60) NOT NULL,
    "state" VARCHAR(60) NOT NULL,
    "content" JSON NOT NULL,
    "format" INT NOT NULL,
    "base_id" CHAR(36) REFERENCES "revision" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    "batch" CHAR(36),
    "edition" INT NOT NULL,
    "version" INT,
    "author" TEXT NOT NULL,
    "decided_by" TEXT,
    "reason" TEXT,
    "due_at" TIMESTAMP,
    "at" TIMESTAMP NOT NULL,
    "transaction" BIGINT,
    CONSTRAINT revision_id_uuid CHECK ("id" GLOB '????????-????-????-????-????????????' AND "id" NOT GLOB '*[^0-9a-f-]*'),
    CONSTRAINT revision_record_id_uuid CHECK ("record_id" GLOB '????????-????-????-????-????????????' AND "record_id" NOT GLOB '*[^0-9a-f-]*'),
    CONSTRAINT revision_noun_filled CHECK (trim("noun") <> ''),
    CONSTRAINT revision_noun_known CHECK (noun IN ('source', 'region', 'taxonomy', 'taxonomy_term', 'location', 'organisation', 'service', 'project', 'agreement', 'cooperation_link', 'event', 'need', 'figure')),
    CONSTRAINT revision_kind_choice CHECK ("kind" IN ('content', 'act')),
    CONSTRAINT revision_act_choice CHECK ("act" IN ('publish', 'withdraw', 'merge', 'assure', 'confirm', 'availability')),
    CONSTRAINT revision_state_choice CHECK ("state" IN ('draft', 'in_review', 'sent_back', 'scheduled', 'discarded', 'done')),
    CONSTRAINT revision_content_json CHECK (json_valid("content")),
    CONSTRAINT revision_format_whole CHECK ("format" IS NULL OR (typeof("format") = 'integer' AND abs("format") <= 2147483647)),
    CONSTRAINT revision_format_least CHECK ("format" >= 1),
    CONSTRAINT revision_batch_uuid CHECK ("batch" GLOB '????????-????-????-????-????????????' AND "batch" NOT GLOB '*[^0-9a-f-]*'),
    CONSTRAINT revision_edition_whole CHECK ("edition" IS NULL OR (typeof("edition") = 'integer' AND abs("edition") <= 2147483647)),
    CONSTRAINT revision_edition_least CHECK ("edition" >= 1),
    CONSTRAINT revision_version_whole CHECK ("version" IS NULL OR (typeof("version") = 'integer' AND abs("version") <= 2147483647)),
    CONSTRAINT revision_version_least CHECK ("version" >= 1),
    CONSTRAINT revision_author_filled CHECK (trim("author") <> ''),
    CONSTRAINT revision_decided_by_filled CHECK (trim("decided_by") <> ''),
    CONSTRAINT revision_reason_filled CHECK (trim("reason") <> ''),
    CONSTRAINT revision_due_at_moment CHECK ("due_at" IS NULL OR ("due_at" GLOB '[0-9][0-9][0-9][0-9]-*' AND datetime("due_at") IS NOT NULL)),
    CONSTRAINT revision_at_moment CHECK ("at" IS NULL OR ("at" GLOB '[0-9][0-9][0-9][0-9]-*' AND datetime("at") IS NOT NULL)),
    CONSTRAINT revision_transaction_whole CHECK ("transaction" IS NULL OR (typeof("transaction") = 'integer')),
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
    CONSTRAINT change_clock_id_whole CHECK ("id" IS NULL OR (typeof("id") = 'integer' AND abs("id") <= 2147483647)),
    CONSTRAINT change_clock_seq_whole CHECK ("seq" IS NULL OR (typeof("seq") = 'integer')),
    CONSTRAINT change_clock_epoch_filled CHECK (trim("epoch") <> ''),
    CONSTRAINT change_clock_one_row CHECK (id = 1),
    CONSTRAINT change_clock_seq CHECK (seq >= 0)
);

CREATE TABLE "change" (
    "seq" BIGINT NOT NULL PRIMARY KEY,
    "transaction" BIGINT NOT NULL,
    "noun" TEXT NOT NULL,
    "record_id" CHAR(36) NOT NULL REFERENCES "record" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    "act" VARCHAR(60) NOT NULL,
    "payload" JSON NOT NULL,
    "at" TIMESTAMP NOT NULL,
    CONSTRAINT change_seq_whole CHECK ("seq" IS NULL OR (typeof("seq") = 'integer')),
    CONSTRAINT change_transaction_whole CHECK ("transaction" IS NULL OR (typeof("transaction") = 'integer')),
    CONSTRAINT change_noun_filled CHECK (trim("noun") <> ''),
    CONSTRAINT change_noun_known CHECK (noun IN ('source', 'region', 'taxonomy', 'taxonomy_term', 'location', 'organisation', 'service', 'project', 'agreement', 'cooperation_link', 'event', 'need', 'figure')),
    CONSTRAINT change_act_choice CHECK ("act" IN ('publish', 'withdraw', 'merge', 'assure', 'confirm', 'availability')),
    CONSTRAINT change_payload_json CHECK (json_valid("payload")),
    CONSTRAINT change_at_moment CHECK ("at" IS NULL OR ("at" GLOB '[0-9][0-9][0-9][0-9]-*' AND datetime("at") IS NOT NULL)),
    CONSTRAINT change_transaction CHECK ("transaction" <= seq)
);

CREATE INDEX change_transaction_idx ON "change" ("transaction");

CREATE INDEX change_record_id_idx ON "change" ("record_id");

CREATE TABLE "account" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "role" VARCHAR(60) NOT NULL,
    "email" TEXT UNIQUE,
    "name" TEXT,
    "language" TEXT NOT NULL,
    "password" TEXT,
    "totp_secret" TEXT,
    "totp_step" BIGINT,
    "created_at" TIMESTAMP NOT NULL,
    "joined_at" TIMESTAMP,
    "reminded_at" TIMESTAMP,
    "closed_at" TIMESTAMP,
    CONSTRAINT account_id_uuid CHECK ("id" GLOB '????????-????-????-????-????????????' AND "id" NOT GLOB '*[^0-9a-f-]*'),
    CONSTRAINT account_role_choice CHECK ("role" IN ('administrator', 'editor', 'reviewer', 'representative', 'analyst')),
    CONSTRAINT account_email_email CHECK ("email" GLOB '?*@?*.?*' AND "email" NOT GLOB '*[ ,;<>]*'),
    CONSTRAINT account_name_filled CHECK (trim("name") <> ''),
    CONSTRAINT account_language_filled CHECK (trim("language") <> ''),
    CONSTRAINT account_password_filled CHECK (trim("password") <> ''),
    CONSTRAINT account_totp_secret_filled CHECK (trim("totp_secret") <> ''),
    CONSTRAINT account_totp_step_whole CHECK ("totp_step" IS NULL OR (typeof("totp_step") = 'integer')),
    CONSTRAINT account_created_at_moment CHECK ("created_at" IS NULL OR ("created_at" GLOB '[0-9][0-9][0-9][0-9]-*' AND datetime("created_at") IS NOT NULL)),
    CONSTRAINT account_joined_at_moment CHECK ("joined_at" IS NULL OR ("joined_at" GLOB '[0-9][0-9][0-9][0-9]-*' AND datetime("joined_at") IS NOT NULL)),
    CONSTRAINT account_reminded_at_moment CHECK ("reminded_at" IS NULL OR ("reminded_at" GLOB '[0-9][0-9][0-9][0-9]-*' AND datetime("reminded_at") IS NOT NULL)),
    CONSTRAINT account_closed_at_moment CHECK ("closed_at" IS NULL OR ("closed_at" GLOB '[0-9][0-9][0-9][0-9]-*' AND datetime("closed_at") IS NOT NULL)),
    CONSTRAINT account_email_lower CHECK (email = lower(email)),
    CONSTRAINT account_closed_is_anonymous CHECK (closed_at IS NULL OR COALESCE(email, name, password, totp_secret) IS NULL)
);

CREATE TABLE "membership" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "account_id" CHAR(36) NOT NULL REFERENCES "account" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    "organisation_id" CHAR(36) NOT NULL,
    CONSTRAINT membership_account_organisation_id_key UNIQUE ("account_id", "organisation_id"),
    CONSTRAINT membership_id_uuid CHECK ("id" GLOB '????????-????-????-????-????????????' AND "id" NOT GLOB '*[^0-9a-f-]*'),
    CONSTRAINT membership_organisation_id_uuid CHECK ("organisation_id" GLOB '????????-????-????-????-????????????' AND "organisation_id" NOT GLOB '*[^0-9a-f-]*')
);

CREATE INDEX membership_account_id_idx ON "membership" ("account_id");

CREATE INDEX membership_organisation_id_idx ON "membership" ("organisation_id");

CREATE TABLE "campaign" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "account_id" CHAR(36) NOT NULL REFERENCES "account" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    "name" TEXT NOT NULL,
    "subject" JSON NOT NULL,
    "letter" JSON NOT NULL,
    "last_day" DATE NOT NULL,
    "created_at" TIMESTAMP NOT NULL,
    "closed_at" TIMESTAMP,
    CONSTRAINT campaign_id_uuid CHECK ("id" GLOB '????????-????-????-????-????????????' AND "id" NOT GLOB '*[^0-9a-f-]*'),
    CONSTRAINT campaign_name_filled CHECK (trim("name") <> ''),
    CONSTRAINT campaign_subject_latvian CHECK ("subject" IS NULL OR CASE WHEN json_valid("subject") THEN COALESCE(json_type("subject", '$.lv') = 'text' AND trim(json_extract("subject", '$.lv')) <> '', FALSE) ELSE FALSE END),
    CONSTRAINT campaign_letter_latvian CHECK ("letter" IS NULL OR CASE WHEN json_valid("letter") THEN COALESCE(json_type("letter", '$.lv') = 'text' AND trim(json_extract("letter", '$.lv')) <> '', FALSE) ELSE FALSE END),
    CONSTRAINT campaign_last_day_day CHECK ("last_day" IS NULL OR ("last_day" GLOB '[0-9][0-9][0-9][0-9]-*' AND "last_day" IS date("last_day", '+0 days'))),
    CONSTRAINT campaign_created_at_moment CHECK ("created_at" IS NULL OR ("created_at" GLOB '[0-9][0-9][0-9][0-9]-*' AND datetime("created_at") IS NOT NULL)),
    CONSTRAINT campaign_closed_at_moment CHECK ("closed_at" IS NULL OR ("closed_at" GLOB '[0-9][0-9][0-9][0-9]-*' AND datetime("closed_at") IS NOT NULL))
);

CREATE INDEX campaign_account_id_idx ON "campaign" ("account_id");

CREATE TABLE "campaign_recipient" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "campaign_id" CHAR(36) NOT NULL REFERENCES "campaign" (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    "organisation" CHAR(36) NOT NULL,
    "name" TEXT NOT NULL,
    "number" TEXT,
    "email" TEXT,
    "language" TEXT NOT NULL,
    "account_id" CHAR(36) REFERENCES "account" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    "invited_at" TIMESTAMP NOT NULL,
    "reminded_at" TIMESTAMP,
    "due_at" TIMESTAMP,
    "undelivered_at" TIMESTAMP,
    CONSTRAINT campaign_recipient_campaign_email_key UNIQUE ("campaign_id", "email"),
    CONSTRAINT campaign_recipient_id_uuid CHECK ("id" GLOB '????????-????-????-????-????????????' AND "id" NOT GLOB '*[^0-9a-f-]*'),
    CONSTRAINT campaign_recipient_organisation_uuid CHECK ("organisation" GLOB '????????-????-????-????-????????????' AND "organisation" NOT GLOB '*[^0-9a-f-]*'),
    CONSTRAINT campaign_recipient_name_filled CHECK (trim("name") <> ''),
    CONSTRAINT campaign_recipient_number_filled CHECK (trim("number") <> ''),
    CONSTRAINT campaign_recipient_email_email CHECK ("email" GLOB '?*@?*.?*' AND "email" NOT GLOB '*[ ,;<>]*'),
    CONSTRAINT campaign_recipient_language_filled CHECK (trim("language") <> ''),
    CONSTRAINT campaign_recipient_invited_at_moment CHECK ("invited_at" IS NULL OR ("invited_at" GLOB '[0-9][0-9][0-9][0-9]-*' AND datetime("invited_at") IS NOT NULL)),
    CONSTRAINT campaign_recipient_reminded_at_moment CHECK ("reminded_at" IS NULL OR ("reminded_at" GLOB '[0-9][0-9][0-9][0-9]-*' AND datetime("reminded_at") IS NOT NULL)),
    CONSTRAINT campaign_recipient_due_at_moment CHECK ("due_at" IS NULL OR ("due_at" GLOB '[0-9][0-9][0-9][0-9]-*' AND datetime("due_at") IS NOT NULL)),
    CONSTRAINT campaign_recipient_undelivered_at_moment CHECK ("undelivered_at" IS NULL OR ("undelivered_at" GLOB '[0-9][0-9][0-9][0-9]-*' AND datetime("undelivered_at") IS NOT NULL))
);

CREATE INDEX campaign_recipient_campaign_id_idx ON "campaign_recipient" ("campaign_id");

CREATE INDEX campaign_recipient_organisation_idx ON "campaign_recipient" ("organisation");

CREATE INDEX campaign_recipient_account_id_idx ON "campaign_recipient" ("account_id");

CREATE INDEX campaign_recipient_due_at_idx ON "campaign_recipient" ("due_at");

CREATE TABLE "application" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "kind" VARCHAR(60) NOT NULL,
    "state" VARCHAR(60) NOT NULL,
    "organisation" CHAR(36) NOT NULL,
    "email" TEXT,
    "language" TEXT NOT NULL,
    "capacity" TEXT,
    "note" TEXT,
    "network" TEXT,
    "sent_at" TIMESTAMP NOT NULL,
    "decided_at" TIMESTAMP,
    "account_id" CHAR(36) REFERENCES "account" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    "answer" TEXT,
    CONSTRAINT application_id_uuid CHECK ("id" GLOB '????????-????-????-????-????????????' AND "id" NOT GLOB '*[^0-9a-f-]*'),
    CONSTRAINT application_kind_choice CHECK ("kind" IN ('join', 'claim')),
    CONSTRAINT application_state_choice CHECK ("state" IN ('open', 'granted', 'settled', 'declined')),
    CONSTRAINT application_organisation_uuid CHECK ("organisation" GLOB '????????-????-????-????-????????????' AND "organisation" NOT GLOB '*[^0-9a-f-]*'),
    CONSTRAINT application_email_email CHECK ("email" GLOB '?*@?*.?*' AND "email" NOT GLOB '*[ ,;<>]*'),
    CONSTRAINT application_language_filled CHECK (trim("language") <> ''),
    CONSTRAINT application_capacity_filled CHECK (trim("capacity") <> ''),
    CONSTRAINT application_note_filled CHECK (trim("note") <> ''),
    CONSTRAINT application_network_filled CHECK (trim("network") <> ''),
    CONSTRAINT application_sent_at_moment CHECK ("sent_at" IS NULL OR ("sent_at" GLOB '[0-9][0-9][0-9][0-9]-*' AND datetime("sent_at") IS NOT NULL)),
    CONSTRAINT application_decided_at_moment CHECK ("decided_at" IS NULL OR ("decided_at" GLOB '[0-9][0-9][0-9][0-9]-*' AND datetime("decided_at") IS NOT NULL)),
    CONSTRAINT application_answer_filled CHECK (trim("answer") <> ''),
    CONSTRAINT application_decided CHECK ((state = 'open') = (decided_at IS NULL)),
    CONSTRAINT application_declined_has_answer CHECK (state <> 'declined' OR answer IS NOT NULL)
);

CREATE INDEX application_state_idx ON "application" ("state");

CREATE INDEX application_organisation_idx ON "application" ("organisation");

CREATE INDEX application_account_id_idx ON "application" ("account_id");

CREATE TABLE "session" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "account_id" CHAR(36) NOT NULL REFERENCES "account" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    "token" TEXT NOT NULL UNIQUE,
    "created_at" TIMESTAMP NOT NULL,
    "seen_at" TIMESTAMP NOT NULL,
    "expires_at" TIMESTAMP NOT NULL,
    "second_factor_at" TIMESTAMP,
    "browser" TEXT,
    "network" TEXT,
    CONSTRAINT session_id_uuid CHECK ("id" GLOB '????????-????-????-????-????????????' AND "id" NOT GLOB '*[^0-9a-f-]*'),
    CONSTRAINT session_token_filled CHECK (trim("token") <> ''),
    CONSTRAINT session_created_at_moment CHECK ("created_at" IS NULL OR ("created_at" GLOB '[0-9][0-9][0-9][0-9]-*' AND datetime("created_at") IS NOT NULL)),
    CONSTRAINT session_seen_at_moment CHECK ("seen_at" IS NULL OR ("seen_at" GLOB '[0-9][0-9][0-9][0-9]-*' AND datetime("seen_at") IS NOT NULL)),
    CONSTRAINT session_expires_at_moment CHECK ("expires_at" IS NULL OR ("expires_at" GLOB '[0-9][0-9][0-9][0-9]-*' AND datetime("expires_at") IS NOT NULL)),
    CONSTRAINT session_second_factor_at_moment CHECK ("second_factor_at" IS NULL OR ("second_factor_at" GLOB '[0-9][0-9][0-9][0-9]-*' AND datetime("second_factor_at") IS NOT NULL)),
    CONSTRAINT session_browser_filled CHECK (trim("browser") <> ''),
    CONSTRAINT session_network_filled CHECK (trim("network") <> '')
);

CREATE INDEX session_account_id_idx ON "session" ("account_id");

CREATE TABLE "api_token" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "account_id" CHAR(36) NOT NULL REFERENCES "account" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    "name" TEXT NOT NULL,
    "token" TEXT NOT NULL UNIQUE,
    "hint" TEXT NOT NULL,
    "scopes" JSON NOT NULL DEFAULT '[]',
    "created_at" TIMESTAMP NOT NULL,
    "expires_at" TIMESTAMP NOT NULL,
    "used_on" DATE,
    CONSTRAINT api_token_id_uuid CHECK ("id" GLOB '????????-????-????-????-????????????' AND "id" NOT GLOB '*[^0-9a-f-]*'),
    CONSTRAINT api_token_name_filled CHECK (trim("name") <> ''),
    CONSTRAINT api_token_token_filled CHECK (trim("token") <> ''),
    CONSTRAINT api_token_hint_filled CHECK (trim("hint") <> ''),
    CONSTRAINT api_token_scopes_choices CHECK (CASE WHEN json_valid("scopes") THEN replace(replace(replace(replace(json("scopes"), '"read"', ''), '"write"', ''), '"export"', ''), ',', '') = '[]' ELSE FALSE END),
    CONSTRAINT api_token_created_at_moment CHECK ("created_at" IS NULL OR ("created_at" GLOB '[0-9][0-9][0-9][0-9]-*' AND datetime("created_at") IS NOT NULL)),
    CONSTRAINT api_token_expires_at_moment CHECK ("expires_at" IS NULL OR ("expires_at" GLOB '[0-9][0-9][0-9][0-9]-*' AND datetime("expires_at") IS NOT NULL)),
    CONSTRAINT api_token_used_on_day CHECK ("used_on" IS NULL OR ("used_on" GLOB '[0-9][0-9][0-9][0-9]-*' AND "used_on" IS date("used_on", '+0 days')))
);

CREATE INDEX api_token_account_id_idx ON "api_token" ("account_id");

CREATE TABLE "one_time_link" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "purpose" VARCHAR(60) NOT NULL,
    "token" TEXT NOT NULL UNIQUE,
    "account_id" CHAR(36) REFERENCES "account" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    "link_id" CHAR(36) REFERENCES "record" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    "side" VARCHAR(60),
    "recipient_id" CHAR(36) REFERENCES "campaign_recipient" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    "created_at" TIMESTAMP NOT NULL,
    "expires_at" TIMESTAMP NOT NULL,
    "used_at" TIMESTAMP,
    CONSTRAINT one_time_link_id_uuid CHECK ("id" GLOB '????????-????-????-????-????????????' AND "id" NOT GLOB '*[^0-9a-f-]*'),
    CONSTRAINT one_time_link_purpose_choice CHECK ("purpose" IN ('invitation', 'sign_in', 'reset', 'still_true', 'answer', 'campaign', 'reply')),
    CONSTRAINT one_time_link_token_filled CHECK (trim("token") <> ''),
    CONSTRAINT one_time_link_side_choice CHECK ("side" IN ('side_a', 'side_b')),
    CONSTRAINT one_time_link_created_at_moment CHECK ("created_at" IS NULL OR ("created_at" GLOB '[0-9][0-9][0-9][0-9]-*' AND datetime("created_at") IS NOT NULL)),
    CONSTRAINT one_time_link_expires_at_moment CHECK ("expires_at" IS NULL OR ("expires_at" GLOB '[0-9][0-9][0-9][0-9]-*' AND datetime("expires_at") IS NOT NULL)),
    CONSTRAINT one_time_link_used_at_moment CHECK ("used_at" IS NULL OR ("used_at" GLOB '[0-9][0-9][0-9][0-9]-*' AND datetime("used_at") IS NOT NULL)),
    CONSTRAINT one_time_link_account CHECK ((purpose IN ('answer', 'campaign')) = (account_id IS NULL)),
    CONSTRAINT one_time_link_answer CHECK ((purpose = 'answer') = (link_id IS NOT NULL) AND (purpose = 'answer') = (side IS NOT NULL)),
    CONSTRAINT one_time_link_campaign CHECK ((purpose = 'campaign') = (recipient_id IS NOT NULL))
);

CREATE INDEX one_time_link_account_id_idx ON "one_time_link" ("account_id");

CREATE INDEX one_time_link_link_id_idx ON "one_time_link" ("link_id");

CREATE INDEX one_time_link_recipient_id_idx ON "one_time_link" ("recipient_id");

CREATE TABLE "recovery_code" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "account_id" CHAR(36) NOT NULL REFERENCES "account" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    "code" TEXT NOT NULL UNIQUE,
    CONSTRAINT recovery_code_id_uuid CHECK ("id" GLOB '????????-????-????-????-????????????' AND "id" NOT GLOB '*[^0-9a-f-]*'),
    CONSTRAINT recovery_code_code_filled CHECK (trim("code") <> '')
);

CREATE INDEX recovery_code_account_id_idx ON "recovery_code" ("account_id");

CREATE TABLE "letter" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "purpose" VARCHAR(60) NOT NULL,
    "account_id" CHAR(36) REFERENCES "account" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    "link_id" CHAR(36) REFERENCES "record" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    "side" VARCHAR(60),
    "recipient_id" CHAR(36) REFERENCES "campaign_recipient" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    "application_id" CHAR(36) REFERENCES "application" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    "queued_at" TIMESTAMP NOT NULL,
    "due_at" TIMESTAMP NOT NULL,
    "tries" INT NOT NULL,
    CONSTRAINT letter_id_uuid CHECK ("id" GLOB '????????-????-????-????-????????????' AND "id" NOT GLOB '*[^0-9a-f-]*'),
    CONSTRAINT letter_purpose_choice CHECK ("purpose" IN ('invitation', 'sign_in', 'reset', 'still_true', 'answer', 'campaign', 'reply')),
    CONSTRAINT letter_side_choice CHECK ("side" IN ('side_a', 'side_b')),
    CONSTRAINT letter_queued_at_moment CHECK ("queued_at" IS NULL OR ("queued_at" GLOB '[0-9][0-9][0-9][0-9]-*' AND datetime("queued_at") IS NOT NULL)),
    CONSTRAINT letter_due_at_moment CHECK ("due_at" IS NULL OR ("due_at" GLOB '[0-9][0-9][0-9][0-9]-*' AND datetime("due_at") IS NOT NULL)),
    CONSTRAINT letter_tries_whole CHECK ("tries" IS NULL OR (typeof("tries") = 'integer' AND abs("tries") <= 2147483647)),
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
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "at" TIMESTAMP NOT NULL,
    "act" VARCHAR(60) NOT NULL,
    "account_id" CHAR(36) REFERENCES "account" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    "about" TEXT,
    "details" JSON NOT NULL,
    "network" TEXT,
    CONSTRAINT audit_entry_id_uuid CHECK ("id" GLOB '????????-????-????-????-????????????' AND "id" NOT GLOB '*[^0-9a-f-]*'),
    CONSTRAINT audit_entry_at_moment CHECK ("at" IS NULL OR ("at" GLOB '[0-9][0-9][0-9][0-9]-*' AND datetime("at") IS NOT NULL)),
    CONSTRAINT audit_entry_act_choice CHECK ("act" IN ('account_made', 'account_closed', 'role_changed', 'invited', 'signed_in', 'sign_in_refused', 'signed_out', 'password_changed', 'second_factor_set', 'second_factor_removed', 'recovery_code_used', 'token_made', 'token_revoked', 'exported', 'redacted', 'webhook_added', 'webhook_removed', 'campaign_sent', 'campaign_reminded', 'campaign_closed', 'application_decided')),
    CONSTRAINT audit_entry_about_filled CHECK (trim("about") <> ''),
    CONSTRAINT audit_entry_details_json CHECK (json_valid("details")),
    CONSTRAINT audit_entry_network_filled CHECK (trim("network") <> '')
);

CREATE INDEX audit_entry_at_idx ON "audit_entry" ("at");

CREATE INDEX audit_entry_account_id_idx ON "audit_entry" ("account_id");

CREATE TABLE "lease" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "job" TEXT NOT NULL UNIQUE,
    "holder" TEXT,
    "until" TIMESTAMP,
    "done_at" TIMESTAMP,
    CONSTRAINT lease_id_uuid CHECK ("id" GLOB '????????-????-????-????-????????????' AND "id" NOT GLOB '*[^0-9a-f-]*'),
    CONSTRAINT lease_job_filled CHECK (trim("job") <> ''),
    CONSTRAINT lease_holder_filled CHECK (trim("holder") <> ''),
    CONSTRAINT lease_until_moment CHECK ("until" IS NULL OR ("until" GLOB '[0-9][0-9][0-9][0-9]-*' AND datetime("until") IS NOT NULL)),
    CONSTRAINT lease_done_at_moment CHECK ("done_at" IS NULL OR ("done_at" GLOB '[0-9][0-9][0-9][0-9]-*' AND datetime("done_at") IS NOT NULL)),
    CONSTRAINT lease_until CHECK ((holder IS NULL) = (until IS NULL))
);

CREATE TABLE "webhook" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "url" TEXT NOT NULL,
    "secret" TEXT NOT NULL,
    "nouns" JSON NOT NULL DEFAULT '[]',
    "acts" JSON NOT NULL DEFAULT '[]',
    "state" VARCHAR(60) NOT NULL,
    "seq" BIGINT NOT NULL,
    "tries" INT NOT NULL,
    "due_at" TIMESTAMP NOT NULL,
    "created_at" TIMESTAMP NOT NULL,
    CONSTRAINT webhook_id_uuid CHECK ("id" GLOB '????????-????-????-????-????????????' AND "id" NOT GLOB '*[^0-9a-f-]*'),
    CONSTRAINT webhook_url_url CHECK ("url" GLOB 'http://?*' OR "url" GLOB 'https://?*'),
    CONSTRAINT webhook_secret_filled CHECK (trim("secret") <> ''),
    CONSTRAINT webhook_nouns_list CHECK (CASE WHEN json_valid("nouns") THEN json_type("nouns") = 'array' ELSE FALSE END),
    CONSTRAINT webhook_acts_choices CHECK (CASE WHEN json_valid("acts") THEN replace(replace(replace(replace(replace(replace(replace(json("acts"), '"publish"', ''), '"withdraw"', ''), '"merge"', ''), '"assure"', ''), '"confirm"', ''), '"availability"', ''), ',', '') = '[]' ELSE FALSE END),
    CONSTRAINT webhook_state_choice CHECK ("state" IN ('active', 'paused', 'given_up')),
    CONSTRAINT webhook_seq_whole CHECK ("seq" IS NULL OR (typeof("seq") = 'integer')),
    CONSTRAINT webhook_tries_whole CHECK ("tries" IS NULL OR (typeof("tries") = 'integer' AND abs("tries") <= 2147483647)),
    CONSTRAINT webhook_tries_least CHECK ("tries" >= 0),
    CONSTRAINT webhook_due_at_moment CHECK ("due_at" IS NULL OR ("due_at" GLOB '[0-9][0-9][0-9][0-9]-*' AND datetime("due_at") IS NOT NULL)),
    CONSTRAINT webhook_created_at_moment CHECK ("created_at" IS NULL OR ("created_at" GLOB '[0-9][0-9][0-9][0-9]-*' AND datetime("created_at") IS NOT NULL)),
    CONSTRAINT webhook_seq CHECK (seq >= 0)
);

CREATE TABLE "webhook_delivery" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "webhook_id" CHAR(36) NOT NULL REFERENCES "webhook" (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    "seq" BIGINT,
    "at" TIMESTAMP NOT NULL,
    "outcome" VARCHAR(60) NOT NULL,
    "status" INT,
    "problem" TEXT,
    "milliseconds" INT NOT NULL,
    CONSTRAINT webhook_delivery_id_uuid CHECK ("id" GLOB '????????-????-????-????-????????????' AND "id" NOT GLOB '*[^0-9a-f-]*'),
    CONSTRAINT webhook_delivery_seq_whole CHECK ("seq" IS NULL OR (typeof("seq") = 'integer')),
    CONSTRAINT webhook_delivery_at_moment CHECK ("at" IS NULL OR ("at" GLOB '[0-9][0-9][0-9][0-9]-*' AND datetime("at") IS NOT NULL)),
    CONSTRAINT webhook_delivery_outcome_choice CHECK ("outcome" IN ('delivered', 'failed', 'given_up')),
    CONSTRAINT webhook_delivery_status_whole CHECK ("status" IS NULL OR (typeof("status") = 'integer' AND abs("status") <= 2147483647)),
    CONSTRAINT webhook_delivery_status_least CHECK ("status" >= 100),
    CONSTRAINT webhook_delivery_problem_filled CHECK (trim("problem") <> ''),
    CONSTRAINT webhook_delivery_milliseconds_whole CHECK ("milliseconds" IS NULL OR (typeof("milliseconds") = 'integer' AND abs("milliseconds") <= 2147483647)),
    CONSTRAINT webhook_delivery_milliseconds_least CHECK ("milliseconds" >= 0)
);

CREATE INDEX webhook_delivery_webhook_id_idx ON "webhook_delivery" ("webhook_id");

CREATE INDEX webhook_delivery_at_idx ON "webhook_delivery" ("at");

CREATE TABLE "sheet" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "account_id" CHAR(36) NOT NULL REFERENCES "account" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    "noun" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "headers" JSON NOT NULL,
    "columns" JSON NOT NULL,
    "clears" INT NOT NULL,
    "source" CHAR(36),
    "language" TEXT NOT NULL,
    "state" VARCHAR(60) NOT NULL,
    "batch" CHAR(36),
    "created_at" TIMESTAMP NOT NULL,
    CONSTRAINT sheet_id_uuid CHECK ("id" GLOB '????????-????-????-????-????????????' AND "id" NOT GLOB '*[^0-9a-f-]*'),
    CONSTRAINT sheet_noun_filled CHECK (trim("noun") <> ''),
    CONSTRAINT sheet_noun_known CHECK (noun IN ('source', 'region', 'taxonomy', 'taxonomy_term', 'location', 'organisation', 'service', 'project', 'agreement', 'cooperation_link', 'event', 'need', 'figure', 'recipient')),
    CONSTRAINT sheet_name_filled CHECK (trim("name") <> ''),
    CONSTRAINT sheet_headers_json CHECK (json_valid("headers")),
    CONSTRAINT sheet_columns_json CHECK (json_valid("columns")),
    CONSTRAINT sheet_clears_flag CHECK ("clears" IN (0, 1)),
    CONSTRAINT sheet_source_uuid CHECK ("source" GLOB '????????-????-????-????-????????????' AND "source" NOT GLOB '*[^0-9a-f-]*'),
    CONSTRAINT sheet_language_filled CHECK (trim("language") <> ''),
    CONSTRAINT sheet_state_choice CHECK ("state" IN ('matching', 'examining', 'examined', 'kept')),
    CONSTRAINT sheet_batch_uuid CHECK ("batch" GLOB '????????-????-????-????-????????????' AND "batch" NOT GLOB '*[^0-9a-f-]*'),
    CONSTRAINT sheet_created_at_moment CHECK ("created_at" IS NULL OR ("created_at" GLOB '[0-9][0-9][0-9][0-9]-*' AND datetime("created_at") IS NOT NULL))
);

CREATE INDEX sheet_account_id_idx ON "sheet" ("account_id");

CREATE TABLE "sheet_row" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "sheet_id" CHAR(36) NOT NULL REFERENCES "sheet" (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    "number" INT NOT NULL,
    "cells" JSON NOT NULL,
    "verdict" VARCHAR(60),
    "finding" JSON NOT NULL,
    CONSTRAINT sheet_row_sheet_number_key UNIQUE ("sheet_id", "number"),
    CONSTRAINT sheet_row_id_uuid CHECK ("id" GLOB '????????-????-????-????-????????????' AND "id" NOT GLOB '*[^0-9a-f-]*'),
    CONSTRAINT sheet_row_number_whole CHECK ("number" IS NULL OR (typeof("number") = 'integer' AND abs("number") <= 2147483647)),
    CONSTRAINT sheet_row_number_least CHECK ("number" >= 1),
    CONSTRAINT sheet_row_cells_json CHECK (json_valid("cells")),
    CONSTRAINT sheet_row_verdict_choice CHECK ("verdict" IN ('new', 'changed', 'same', 'error')),
    CONSTRAINT sheet_row_finding_json CHECK (json_valid("finding"))
);

CREATE INDEX sheet_row_sheet_id_idx ON "sheet_row" ("sheet_id");

CREATE TABLE "sheet_column" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "noun" TEXT NOT NULL,
    "header" TEXT NOT NULL,
    "column" TEXT NOT NULL,
    CONSTRAINT sheet_column_noun_header_key UNIQUE ("noun", "header"),
    CONSTRAINT sheet_column_id_uuid CHECK ("id" GLOB '????????-????-????-????-????????????' AND "id" NOT GLOB '*[^0-9a-f-]*'),
    CONSTRAINT sheet_column_noun_filled CHECK (trim("noun") <> ''),
    CONSTRAINT sheet_column_noun_known CHECK (noun IN ('source', 'region', 'taxonomy', 'taxonomy_term', 'location', 'organisation', 'service', 'project', 'agreement', 'cooperation_link', 'event', 'need', 'figure', 'recipient')),
    CONSTRAINT sheet_column_header_filled CHECK (trim("header") <> ''),
    CONSTRAINT sheet_column_column_filled CHECK (trim("column") <> '')
);

CREATE TABLE "saved_view" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "account_id" CHAR(36) NOT NULL REFERENCES "account" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    "noun" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "pairs" JSON NOT NULL,
    CONSTRAINT saved_view_account_noun_name_key UNIQUE ("account_id", "noun", "name"),
    CONSTRAINT saved_view_id_uuid CHECK ("id" GLOB '????????-????-????-????-????????????' AND "id" NOT GLOB '*[^0-9a-f-]*'),
    CONSTRAINT saved_view_noun_filled CHECK (trim("noun") <> ''),
    CONSTRAINT saved_view_noun_known CHECK (noun IN ('source', 'region', 'taxonomy', 'taxonomy_term', 'location', 'organisation', 'service', 'project', 'agreement', 'cooperation_link', 'event', 'need', 'figure')),
    CONSTRAINT saved_view_name_filled CHECK (trim("name") <> ''),
    CONSTRAINT saved_view_pairs_json CHECK (json_valid("pairs"))
);

CREATE INDEX saved_view_account_id_idx ON "saved_view" ("account_id");

CREATE TABLE "report" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "record_id" CHAR(36) NOT NULL REFERENCES "record" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    "kind" VARCHAR(60) NOT NULL,
    "field" VARCHAR(60),
    "words" TEXT,
    "language" TEXT NOT NULL,
    "state" VARCHAR(60) NOT NULL,
    "at" TIMESTAMP NOT NULL,
    "closed_at" TIMESTAMP,
    "account_id" CHAR(36) REFERENCES "account" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT report_id_uuid CHECK ("id" GLOB '????????-????-????-????-????????????' AND "id" NOT GLOB '*[^0-9a-f-]*'),
    CONSTRAINT report_kind_choice CHECK ("kind" IN ('wrong', 'gone', 'missing', 'unsafe', 'other')),
    CONSTRAINT report_field_choice CHECK ("field" IN ('name', 'contacts', 'place', 'hours', 'access', 'cooperation')),
    CONSTRAINT report_words_filled CHECK (trim("words") <> ''),
    CONSTRAINT report_language_filled CHECK (trim("language") <> ''),
    CONSTRAINT report_state_choice CHECK ("state" IN ('open', 'done', 'not_so')),
    CONSTRAINT report_at_moment CHECK ("at" IS NULL OR ("at" GLOB '[0-9][0-9][0-9][0-9]-*' AND datetime("at") IS NOT NULL)),
    CONSTRAINT report_closed_at_moment CHECK ("closed_at" IS NULL OR ("closed_at" GLOB '[0-9][0-9][0-9][0-9]-*' AND datetime("closed_at") IS NOT NULL)),
    CONSTRAINT report_closed CHECK ((state = 'open') = (closed_at IS NULL))
);

CREATE INDEX report_record_id_idx ON "report" ("record_id");

CREATE INDEX report_state_idx ON "report" ("state");

CREATE INDEX report_at_idx ON "report" ("at");

CREATE INDEX report_account_id_idx ON "report" ("account_id");

CREATE TABLE taxonomy_term_related (
    owner_id CHAR(36) NOT NULL REFERENCES "taxonomy_term" (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    taxonomy_term_id CHAR(36) NOT NULL REFERENCES "taxonomy_term" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (owner_id, taxonomy_term_id)
);

CREATE INDEX taxonomy_term_related_taxonomy_term_id_idx ON taxonomy_term_related (taxonomy_term_id);

CREATE TABLE organisation_region (
    owner_id CHAR(36) NOT NULL REFERENCES "organisation" (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    region_id CHAR(36) NOT NULL REFERENCES "region" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (owner_id, region_id)
);

CREATE INDEX organisation_region_region_id_idx ON organisation_region (region_id);

CREATE TABLE organisation_field (
    owner_id CHAR(36) NOT NULL REFERENCES "organisation" (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    taxonomy_term_id CHAR(36) NOT NULL REFERENCES "taxonomy_term" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (owner_id, taxonomy_term_id)
);

CREATE INDEX organisation_field_taxonomy_term_id_idx ON organisation_field (taxonomy_term_id);

CREATE TABLE organisation_target_group (
    owner_id CHAR(36) NOT NULL REFERENCES "organisation" (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    taxonomy_term_id CHAR(36) NOT NULL REFERENCES "taxonomy_term" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (owner_id, taxonomy_term_id)
);

CREATE INDEX organisation_target_group_taxonomy_term_id_idx ON organisation_target_group (taxonomy_term_id);

CREATE TABLE service_category (
    owner_id CHAR(36) NOT NULL REFERENCES "service" (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    taxonomy_term_id CHAR(36) NOT NULL REFERENCES "taxonomy_term" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (owner_id, taxonomy_term_id)
);

CREATE INDEX service_category_taxonomy_term_id_idx ON service_category (taxonomy_term_id);

CREATE TABLE service_target_group (
    owner_id CHAR(36) NOT NULL REFERENCES "service" (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    taxonomy_term_id CHAR(36) NOT NULL REFERENCES "taxonomy_term" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (owner_id, taxonomy_term_id)
);

CREATE INDEX service_target_group_taxonomy_term_id_idx ON service_target_group (taxonomy_term_id);

CREATE TABLE service_region (
    owner_id CHAR(36) NOT NULL REFERENCES "service" (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    region_id CHAR(36) NOT NULL REFERENCES "region" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (owner_id, region_id)
);

CREATE INDEX service_region_region_id_idx ON service_region (region_id);

CREATE TABLE service_location (
    owner_id CHAR(36) NOT NULL REFERENCES "service" (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    location_id CHAR(36) NOT NULL REFERENCES "location" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (owner_id, location_id)
);

CREATE INDEX service_location_location_id_idx ON service_location (location_id);

CREATE TABLE project_region (
    owner_id CHAR(36) NOT NULL REFERENCES "project" (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    region_id CHAR(36) NOT NULL REFERENCES "region" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (owner_id, region_id)
);

CREATE INDEX project_region_region_id_idx ON project_region (region_id);

CREATE TABLE cooperation_link_service (
    owner_id CHAR(36) NOT NULL REFERENCES "cooperation_link" (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    service_id CHAR(36) NOT NULL REFERENCES "service" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (owner_id, service_id)
);

CREATE INDEX cooperation_link_service_service_id_idx ON cooperation_link_service (service_id);

CREATE TABLE cooperation_link_category (
    owner_id CHAR(36) NOT NULL REFERENCES "cooperation_link" (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    taxonomy_term_id CHAR(36) NOT NULL REFERENCES "taxonomy_term" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (owner_id, taxonomy_term_id)
);

CREATE INDEX cooperation_link_category_taxonomy_term_id_idx ON cooperation_link_category (taxonomy_term_id);

CREATE TABLE cooperation_link_region (
    owner_id CHAR(36) NOT NULL REFERENCES "cooperation_link" (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    region_id CHAR(36) NOT NULL REFERENCES "region" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (owner_id, region_id)
);

CREATE INDEX cooperation_link_region_region_id_idx ON cooperation_link_region (region_id);

CREATE TABLE event_region (
    owner_id CHAR(36) NOT NULL REFERENCES "event" (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    region_id CHAR(36) NOT NULL REFERENCES "region" (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (owner_id, region_id)
);

CREATE INDEX event_region_region_id_idx ON event_region (region_id);

CREATE TRIGGER source_record_of_noun_insert BEFORE INSERT ON "source"
WHEN NOT EXISTS (SELECT 1 FROM record WHERE id = NEW.id AND noun = 'source' AND state = 'published')
BEGIN
    SELECT RAISE(ABORT, 'record_of_noun');
END;

CREATE TRIGGER source_record_of_noun_update BEFORE UPDATE OF id ON "source"
WHEN NOT EXISTS (SELECT 1 FROM record WHERE id = NEW.id AND noun = 'source' AND state = 'published')
BEGIN
    SELECT RAISE(ABORT, 'record_of_noun');
END;

CREATE TRIGGER region_record_of_noun_insert BEFORE INSERT ON "region"
WHEN NOT EXISTS (SELECT 1 FROM record WHERE id = NEW.id AND noun = 'region' AND state = 'published')
BEGIN
    SELECT RAISE(ABORT, 'record_of_noun');
END;

CREATE TRIGGER region_record_of_noun_update BEFORE UPDATE OF id ON "region"
WHEN NOT EXISTS (SELECT 1 FROM record WHERE id = NEW.id AND noun = 'region' AND state = 'published')
BEGIN
    SELECT RAISE(ABORT, 'record_of_noun');
END;

CREATE TRIGGER taxonomy_record_of_noun_insert BEFORE INSERT ON "taxonomy"
WHEN NOT EXISTS (SELECT 1 FROM record WHERE id = NEW.id AND noun = 'taxonomy' AND state = 'published')
BEGIN
    SELECT RAISE(ABORT, 'record_of_noun');
END;

CREATE TRIGGER taxonomy_record_of_noun_update BEFORE UPDATE OF id ON "taxonomy"
WHEN NOT EXISTS (SELECT 1 FROM record WHERE id = NEW.id AND noun = 'taxonomy' AND state = 'published')
BEGIN
    SELECT RAISE(ABORT, 'record_of_noun');
END;

CREATE TRIGGER taxonomy_term_record_of_noun_insert BEFORE INSERT ON "taxonomy_term"
WHEN NOT EXISTS (SELECT 1 FROM record WHERE id = NEW.id AND noun = 'taxonomy_term' AND state = 'published')
BEGIN
    SELECT RAISE(ABORT, 'record_of_noun');
END;

CREATE TRIGGER taxonomy_term_record_of_noun_update BEFORE UPDATE OF id ON "taxonomy_term"
WHEN NOT EXISTS (SELECT 1 FROM record WHERE id = NEW.id AND noun = 'taxonomy_term' AND state = 'published')
BEGIN
    SELECT RAISE(ABORT, 'record_of_noun');
END;

CREATE TRIGGER location_record_of_noun_insert BEFORE INSERT ON "location"
WHEN NOT EXISTS (SELECT 1 FROM record WHERE id = NEW.id AND noun = 'location' AND state = 'published')
BEGIN
    SELECT RAISE(ABORT, 'record_of_noun');
END;

CREATE TRIGGER location_record_of_noun_update BEFORE UPDATE OF id ON "location"
WHEN NOT EXISTS (SELECT 1 FROM record WHERE id = NEW.id AND noun = 'location' AND state = 'published')
BEGIN
    SELECT RAISE(ABORT, 'record_of_noun');
END;

CREATE TRIGGER organisation_record_of_noun_insert BEFORE INSERT ON "organisation"
WHEN NOT EXISTS (SELECT 1 FROM record WHERE id = NEW.id AND noun = 'organisation' AND state = 'published')
BEGIN
    SELECT RAISE(ABORT, 'record_of_noun');
END;

CREATE TRIGGER organisation_record_of_noun_update BEFORE UPDATE OF id ON "organisation"
WHEN NOT EXISTS (SELECT 1 FROM record WHERE id = NEW.id AND noun = 'organisation' AND state = 'published')
BEGIN
    SELECT RAISE(ABORT, 'record_of_noun');
END;

CREATE TRIGGER service_record_of_noun_insert BEFORE INSERT ON "service"
WHEN NOT EXISTS (SELECT 1 FROM record WHERE id = NEW.id AND noun = 'service' AND state = 'published')
BEGIN
    SELECT RAISE(ABORT, 'record_of_noun');
END;

CREATE TRIGGER service_record_of_noun_update BEFORE UPDATE OF id ON "service"
WHEN NOT EXISTS (SELECT 1 FROM record WHERE id = NEW.id AND noun = 'service' AND state = 'published')
BEGIN
    SELECT RAISE(ABORT, 'record_of_noun');
END;

CREATE TRIGGER project_record_of_noun_insert BEFORE INSERT ON "project"
WHEN NOT EXISTS (SELECT 1 FROM record WHERE id = NEW.id AND noun = 'project' AND state = 'published')
BEGIN
    SELECT RAISE(ABORT, 'record_of_noun');
END;

CREATE TRIGGER project_record_of_noun_update BEFORE UPDATE OF id ON "project"
WHEN NOT EXISTS (SELECT 1 FROM record WHERE id = NEW.id AND noun = 'project' AND state = 'published')
BEGIN
    SELECT RAISE(ABORT, 'record_of_noun');
END;

CREATE TRIGGER agreement_record_of_noun_insert BEFORE INSERT ON "agreement"
WHEN NOT EXISTS (SELECT 1 FROM record WHERE id = NEW.id AND noun = 'agreement' AND state = 'published')
BEGIN
    SELECT RAISE(ABORT, 'record_of_noun');
END;

CREATE TRIGGER agreement_record_of_noun_update BEFORE UPDATE OF id ON "agreement"
WHEN NOT EXISTS (SELECT 1 FROM record WHERE id = NEW.id AND noun = 'agreement' AND state = 'published')
BEGIN
    SELECT RAISE(ABORT, 'record_of_noun');
END;

CREATE TRIGGER cooperation_link_record_of_noun_insert BEFORE INSERT ON "cooperation_link"
WHEN NOT EXISTS (SELECT 1 FROM record WHERE id = NEW.id AND noun = 'cooperation_link' AND state = 'published')
BEGIN
    SELECT RAISE(ABORT, 'record_of_noun');
END;

CREATE TRIGGER cooperation_link_record_of_noun_update BEFORE UPDATE OF id ON "cooperation_link"
WHEN NOT EXISTS (SELECT 1 FROM record WHERE id = NEW.id AND noun = 'cooperation_link' AND state = 'published')
BEGIN
    SELECT RAISE(ABORT, 'record_of_noun');
END;

CREATE TRIGGER event_record_of_noun_insert BEFORE INSERT ON "event"
WHEN NOT EXISTS (SELECT 1 FROM record WHERE id = NEW.id AND noun = 'event' AND state = 'published')
BEGIN
    SELECT RAISE(ABORT, 'record_of_noun');
END;

CREATE TRIGGER event_record_of_noun_update BEFORE UPDATE OF id ON "event"
WHEN NOT EXISTS (SELECT 1 FROM record WHERE id = NEW.id AND noun = 'event' AND state = 'published')
BEGIN
    SELECT RAISE(ABORT, 'record_of_noun');
END;

CREATE TRIGGER need_record_of_noun_insert BEFORE INSERT ON "need"
WHEN NOT EXISTS (SELECT 1 FROM record WHERE id = NEW.id AND noun = 'need' AND state = 'published')
BEGIN
    SELECT RAISE(ABORT, 'record_of_noun');
END;

CREATE TRIGGER need_record_of_noun_update BEFORE UPDATE OF id ON "need"
WHEN NOT EXISTS (SELECT 1 FROM record WHERE id = NEW.id AND noun = 'need' AND state = 'published')
BEGIN
    SELECT RAISE(ABORT, 'record_of_noun');
END;

CREATE TRIGGER figure_record_of_noun_insert BEFORE INSERT ON "figure"
WHEN NOT EXISTS (SELECT 1 FROM record WHERE id = NEW.id AND noun = 'figure' AND state = 'published')
BEGIN
    SELECT RAISE(ABORT, 'record_of_noun');
END;

CREATE TRIGGER figure_record_of_noun_update BEFORE UPDATE OF id ON "figure"
WHEN NOT EXISTS (SELECT 1 FROM record WHERE id = NEW.id AND noun = 'figure' AND state = 'published')
BEGIN
    SELECT RAISE(ABORT, 'record_of_noun');
END;

CREATE TRIGGER record_without_row BEFORE UPDATE OF state, noun ON "record"
WHEN (NEW.state <> 'published' OR NEW.noun <> OLD.noun) AND (EXISTS (SELECT 1 FROM "source" WHERE id = OLD.id) OR EXISTS (SELECT 1 FROM "region" WHERE id = OLD.id) OR EXISTS (SELECT 1 FROM "taxonomy" WHERE id = OLD.id) OR EXISTS (SELECT 1 FROM "taxonomy_term" WHERE id = OLD.id) OR EXISTS (SELECT 1 FROM "location" WHERE id = OLD.id) OR EXISTS (SELECT 1 FROM "organisation" WHERE id = OLD.id) OR EXISTS (SELECT 1 FROM "service" WHERE id = OLD.id) OR EXISTS (SELECT 1 FROM "project" WHERE id = OLD.id) OR EXISTS (SELECT 1 FROM "agreement" WHERE id = OLD.id) OR EXISTS (SELECT 1 FROM "cooperation_link" WHERE id = OLD.id) OR EXISTS (SELECT 1 FROM "event" WHERE id = OLD.id) OR EXISTS (SELECT 1 FROM "need" WHERE id = OLD.id) OR EXISTS (SELECT 1 FROM "figure" WHERE id = OLD.id))
BEGIN
    SELECT RAISE(ABORT, 'record_without_row');
END;

CREATE TRIGGER record_kept BEFORE DELETE ON "record"
BEGIN
    SELECT RAISE(ABORT, 'kept_for_ever');
END;

CREATE TRIGGER slug_kept BEFORE DELETE ON "slug"
BEGIN
    SELECT RAISE(ABORT, 'kept_for_ever');
END;

CREATE TRIGGER revision_kept BEFORE DELETE ON "revision"
BEGIN
    SELECT RAISE(ABORT, 'kept_for_ever');
END;

CREATE TRIGGER change_kept BEFORE DELETE ON "change"
BEGIN
    SELECT RAISE(ABORT, 'kept_for_ever');
END;

CREATE TRIGGER confirmation_kept BEFORE DELETE ON "confirmation"
BEGIN
    SELECT RAISE(ABORT, 'kept_for_ever');
END;

CREATE TRIGGER availability_kept BEFORE DELETE ON "availability"
BEGIN
    SELECT RAISE(ABORT, 'kept_for_ever');
END;

CREATE TRIGGER account_kept BEFORE DELETE ON "account"
BEGIN
    SELECT RAISE(ABORT, 'kept_for_ever');
END;

CREATE TRIGGER audit_entry_kept BEFORE DELETE ON "audit_entry"
BEGIN
    SELECT RAISE(ABORT, 'kept_for_ever');
END;

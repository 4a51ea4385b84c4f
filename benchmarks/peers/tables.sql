-- The directory as its peers keep it, on SQLite and PostgreSQL. Numbers follow the order in which Kopā lists, so that
-- nothing has to be sorted by anything but its primary key.
CREATE TABLE region (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE region_inside (
    id INTEGER PRIMARY KEY,
    region INTEGER NOT NULL REFERENCES region (id),
    ancestor INTEGER NOT NULL REFERENCES region (id)
);
CREATE TABLE category (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE category_inside (
    id INTEGER PRIMARY KEY,
    category INTEGER NOT NULL REFERENCES category (id),
    ancestor INTEGER NOT NULL REFERENCES category (id)
);
CREATE TABLE organisation (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    slug TEXT NOT NULL UNIQUE,
    legal_form TEXT,
    description TEXT,
    email TEXT,
    phone TEXT,
    website TEXT,
    words TEXT NOT NULL,
    region INTEGER REFERENCES region (id)
);
CREATE TABLE organisation_place (
    id INTEGER PRIMARY KEY,
    organisation INTEGER NOT NULL REFERENCES organisation (id),
    region INTEGER NOT NULL REFERENCES region (id)
);
CREATE TABLE service (
    id INTEGER PRIMARY KEY,
    organisation INTEGER NOT NULL REFERENCES organisation (id),
    name TEXT NOT NULL,
    description TEXT
);
CREATE TABLE service_category (
    id INTEGER PRIMARY KEY,
    service INTEGER NOT NULL REFERENCES service (id),
    category INTEGER NOT NULL REFERENCES category (id)
);
CREATE TABLE service_region (
    id INTEGER PRIMARY KEY,
    service INTEGER NOT NULL REFERENCES service (id),
    region INTEGER NOT NULL REFERENCES region (id)
);
CREATE TABLE cooperation (
    id INTEGER PRIMARY KEY,
    organisation INTEGER NOT NULL REFERENCES organisation (id),
    partner INTEGER NOT NULL REFERENCES organisation (id),
    kind TEXT NOT NULL,
    phase TEXT NOT NULL,
    started TEXT,
    ended TEXT
);
CREATE INDEX region_inside_ancestor ON region_inside (ancestor, region);
CREATE INDEX region_inside_region ON region_inside (region, ancestor);
CREATE INDEX category_inside_ancestor ON category_inside (ancestor, category);
CREATE INDEX category_inside_category ON category_inside (category, ancestor);
CREATE INDEX organisation_region ON organisation (region, id);
CREATE INDEX organisation_place_organisation ON organisation_place (organisation, region);
CREATE INDEX organisation_place_region ON organisation_place (region, organisation);
CREATE INDEX service_organisation ON service (organisation, id);
CREATE INDEX service_category_service ON service_category (service, category);
CREATE INDEX service_category_category ON service_category (category, service);
CREATE INDEX service_region_service ON service_region (service, region);
CREATE INDEX service_region_region ON service_region (region, service);
CREATE INDEX cooperation_organisation ON cooperation (organisation, id);
CREATE INDEX cooperation_partner ON cooperation (partner, id);

-- The filters of the list, as PostGraphile's documentation teaches it: a function that returns rows of a table.
CREATE FUNCTION directory(region integer, category integer) RETURNS SETOF organisation LANGUAGE sql STABLE AS $$
    SELECT o.*
    FROM organisation o
    WHERE o.id IN (
        SELECT p.organisation
        FROM organisation_place p JOIN region_inside i ON i.region = p.region
        WHERE i.ancestor = $1
    ) AND o.id IN (
        SELECT s.organisation
        FROM service s
        JOIN service_category c ON c.service = s.id
        JOIN category_inside i ON i.category = c.category
        WHERE i.ancestor = $2
    )
    ORDER BY o.id
$$;

-- The search, by PostgreSQL's own: the words are stems already, so they are taken as they are.
ALTER TABLE organisation ADD COLUMN searched tsvector
    GENERATED ALWAYS AS (array_to_tsvector(string_to_array(btrim(words), ' '))) STORED;
CREATE INDEX organisation_searched ON organisation USING gin (searched);
COMMENT ON COLUMN organisation.searched IS E'@behavior -*';
CREATE FUNCTION search(one text, other text) RETURNS SETOF organisation LANGUAGE sql STABLE AS $$
    SELECT o.*
    FROM organisation o
    WHERE o.searched @@ (quote_literal(btrim($1)) || ' & ' || quote_literal(btrim($2)))::tsquery
    ORDER BY o.id
$$;

-- The same with all the work done beforehand: who is to be found by which region and category.
CREATE TABLE found_by (
    region integer NOT NULL,
    category integer NOT NULL,
    organisation integer NOT NULL,
    PRIMARY KEY (region, category, organisation)
);
COMMENT ON TABLE found_by IS E'@behavior -*';
INSERT INTO found_by
SELECT DISTINCT r.ancestor, k.ancestor, p.organisation
FROM organisation_place p
JOIN region_inside r ON r.region = p.region
JOIN service s ON s.organisation = p.organisation
JOIN service_category c ON c.service = s.id
JOIN category_inside k ON k.category = c.category;

CREATE FUNCTION prepared_directory(region integer, category integer) RETURNS SETOF organisation LANGUAGE sql STABLE AS $$
    SELECT o.*
    FROM found_by f JOIN organisation o ON o.id = f.organisation
    WHERE f.region = $1 AND f.category = $2
    ORDER BY f.organisation
$$;

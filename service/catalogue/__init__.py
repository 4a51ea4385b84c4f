"""Everything published, as plain linked objects in memory; the objects are the types of the GraphQL schema."""

"""Facts about ECS task definitions, as data with a source. Owns no behaviour on documents and reads no user's file."""

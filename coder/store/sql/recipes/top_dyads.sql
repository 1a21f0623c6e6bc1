-- Which pairs of actors have most events, in their direction? Whoever has no code stands by name.
FROM top_dyads(20);

"""The nouns: nodes, projects, findings, comparisons, accounts, releases, results. Owns values and look-ups on them."""

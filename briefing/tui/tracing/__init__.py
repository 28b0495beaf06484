"""Where things come from and what becomes of them: origins, concordance, changes, gaps."""

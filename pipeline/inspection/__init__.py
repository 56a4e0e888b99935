"""Looking into a finished (or still growing) output folder: its records, its documents one by one."""

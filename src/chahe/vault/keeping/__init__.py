"""How long things are kept: counts and digests of each day's records, least periods, holds, deletion."""

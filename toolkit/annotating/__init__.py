"""How texts are annotated: Stanza's networks in batches, in one process or in many."""

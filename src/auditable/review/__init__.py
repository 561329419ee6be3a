"""The review page: what a run found, shown to the curator with its ink."""

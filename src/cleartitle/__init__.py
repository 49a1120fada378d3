"""License and provenance analysis of AI models."""

"""What leads from one release to the next: what changed between two packages, and which version it asks for."""

"""What people bring beside the figures: judged segments, capability, their files."""

"""Marks: small charts, one maker a file, each giving its SVG and its sentence alike."""

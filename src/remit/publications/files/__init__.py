"""From bytes to lines: what lies in a file, whatever form it was saved in."""

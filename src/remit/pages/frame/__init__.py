"""What all pages share: links, words, rendering."""

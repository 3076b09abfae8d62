"""Commands on figures: taken in, listed, charted and reported."""

"""From figures to scores, segments and league ranks: the laws of scoring and what applies them."""

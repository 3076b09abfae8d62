"""The year's judgement of an ICB: findings, the evidence for each, and the letter made of them."""

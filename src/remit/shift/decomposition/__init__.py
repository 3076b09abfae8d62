"""The change of hospital use, split into population, age, need, rate, share and stay."""

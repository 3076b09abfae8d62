"""The change of hospital use, split exactly into population, age mix, need, rate, share and stay."""

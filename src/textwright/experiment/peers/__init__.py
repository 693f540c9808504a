"""What others train, for the same table: functions `fit(train, dev, *, seed, **options)` that give a predictor."""

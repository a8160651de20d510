"""What tests and benchmarks both use, real servers and forms that are read. It knows neither."""

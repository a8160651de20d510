"""What tests and benchmarks both use: real servers, started and asked. It knows neither."""

"""What works behind the screens: workers, memory, the browser."""

"""What this machine has: devices, packages, cores."""

"""What the commands that ask AWS share: targets, orders, registrations, deliveries."""

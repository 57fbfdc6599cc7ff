"""What maintains the checkout: scripts that measure, and that write what they measure into it."""

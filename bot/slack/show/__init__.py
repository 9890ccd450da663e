"""What people see: messages, modals and the home, made from values. Pure."""

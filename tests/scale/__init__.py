"""How a large corpus of made papers fares: papers per minute, memory, what a second run costs."""

"""Chains of relations as claims: steps, consequences, what holds up to a factor or a constant."""

"""What a term is worth in numbers: certified counterexamples, by arithmetic the prover has no part in.

``attack.attack`` looks for a counterexample to a claim, ``attack.recheck`` makes one again from its stored point;
``evaluate`` gives terms their values, ``points`` chooses admissible ones, ``checks`` knows how each kind of claim can fail.
"""

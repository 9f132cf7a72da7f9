"""The mathematics of the small replay, a line a rule: what operators are, how functions slope, what is rewritten.

A line of ``OPERATORS`` says for arguments A, B, C of these rows and columns how many a result has, and its entry at
i, j; of lines with one name the first that fits counts. A line of ``SLOPES`` is f'(u), where f is f(u). A line of
``RULES`` says that the left is worth the right wherever the left is defined (and the right is defined there), if its
conditions hold; a line of ``BELOW`` is never negative. Capitals are functions, so that a small letter never holds a
bound name. Conditions: ``whole(x)``: x is a whole number, 0 or more; ``among(x, a, b)``: a whole number from a to b;
``positive`` (of a function: at each number from a to b), ``nonnegative``, ``nonzero``, ``integer``, ``binary`` (0 or
1); ``rational(x)``: it is written as a number; ``total(x)``: it is defined everywhere; ``definite(M, n)``: the entries
of a symmetric positive definite matrix of n rows; ``density(P, r, s)``: P is a declared density at a variable of that
shape.
"""

OPERATORS = """
neg           | m n           | m n | -A(i, j)
add           | m n, m n      | m n | A(i, j) + B(i, j)
broadcast_add | m n, m n      | m n | A(i, j) + B(i, j)
broadcast_add | 1 1, m n      | m n | A(1, 1) + B(i, j)
broadcast_add | m n, 1 1      | m n | A(i, j) + B(1, 1)
hadamard      | m n, m n      | m n | A(i, j) * B(i, j)
hadamard      | 1 1, m n      | m n | A(1, 1) * B(i, j)
hadamard      | m n, 1 1      | m n | A(i, j) * B(1, 1)
div           | m n, 1 1      | m n | A(i, j) / B(1, 1)
div           | m n, m n      | m n | A(i, j) / B(i, j)
hadamard_div  | m n, m n      | m n | A(i, j) / B(i, j)
hadamard_div  | 1 1, m n      | m n | A(1, 1) / B(i, j)
hadamard_div  | m n, 1 1      | m n | A(i, j) / B(1, 1)
mul           | 1 1, m n      | m n | A(1, 1) * B(i, j)
mul           | m n, 1 1      | m n | A(i, j) * B(1, 1)
mul           | m n, n p      | m p | sum(1, n, lambda k: A(i, k) * B(k, j))
sqrt          | m n           | m n | A(i, j)**(1/2)
exp           | m n           | m n | exp(A(i, j))
log           | m n           | m n | log(A(i, j))
logistic      | m n           | m n | logistic(A(i, j))
tanh          | m n           | m n | tanh(A(i, j))
sin           | m n           | m n | sin(A(i, j))
cos           | m n           | m n | cos(A(i, j))
abs           | m n           | m n | abs(A(i, j))
softplus      | m n           | m n | log(1 + exp(A(i, j)))
relu          | m n           | m n | A(i, j) * above(A(i, j))
factorial     | 1 1           | 1 1 | factorial(A(1, 1))
floor         | 1 1           | 1 1 | floor(A(1, 1))
transpose     | m n           | n m | A(j, i)
inverse       | 1 1           | 1 1 | 1 / A(1, 1)
inverse       | m m           | m m | inv(m, lambda r, c: A(r, c), i, j)
det           | 1 1           | 1 1 | A(1, 1)
det           | m m           | 1 1 | det(m, lambda r, c: A(r, c))
trace         | m m           | 1 1 | sum(1, m, lambda k: A(k, k))
diag          | m 1           | m m | delta(i - j) * A(i, 1)
diag          | 1 m           | m m | delta(i - j) * A(1, i)
diag          | m m           | m 1 | A(i, i)
outer         | m 1, n 1      | m n | A(i, 1) * B(j, 1)
inner         | m n, m n      | 1 1 | sum(1, m, lambda r: sum(1, n, lambda c: A(r, c) * B(r, c)))
total         | m n           | 1 1 | sum(1, m, lambda r: sum(1, n, lambda c: A(r, c)))
norm2         | m n           | 1 1 | sum(1, m, lambda r: sum(1, n, lambda c: A(r, c)**2))
norm          | m n           | 1 1 | sum(1, m, lambda r: sum(1, n, lambda c: A(r, c)**2))**(1/2)
logsumexp     | m n           | 1 1 | log(sum(1, m, lambda r: sum(1, n, lambda c: exp(A(r, c)))))
softmax       | m n           | m n | exp(A(i, j)) / sum(1, m, lambda r: sum(1, n, lambda c: exp(A(r, c))))
eigenvalues   | m m           | m 1 | eigenvalue(m, A, i)
eigenvectors  | m m           | m m | eigenvector(m, A, i, j)
gaussian      | 1 1, 1 1, 1 1 | 1 1 | (2*pi*C(1, 1))**(-1/2) * exp(-(A(1, 1) - B(1, 1))**2 / (2*C(1, 1)))
gaussian      | m 1, m 1, 1 1 | 1 1 | raised(2*pi*C(1, 1), -m/2) \
    * exp(-sum(1, m, lambda r: (A(r, 1) - B(r, 1))**2) / (2*C(1, 1)))
gaussian_diag | m 1, m 1, m 1 | 1 1 | prod(1, m, lambda r: (2*pi*C(r, 1))**(-1/2)) \
    * exp(-sum(1, m, lambda r: (A(r, 1) - B(r, 1))**2/(2*C(r, 1))))
gaussian      | m 1, m 1, m m | 1 1 | raised(2*pi, -m/2) * det(m, C)**(-1/2) \
    * exp(-sum(1, m, lambda r: sum(1, m, lambda c: (A(r, 1) - B(r, 1))*inv(m, C, r, c)*(A(c, 1) - B(c, 1))))/2)
"""

SLOPES = """
log      | 1 / u
exp      | f
tanh     | 1 - f**2
logistic | f - f**2
sin      | cos(u)
cos      | -sin(u)
abs      | u / f
"""

BELOW = """
log-below | x - 1 - log(x) | positive(x)
log-ratio | x - y - y*log(x) + y*log(y) | positive(x), positive(y)
exp-below | exp(x) - 1 - x |
square    | x**2           |
sure      | x              | nonnegative(x)
log-det   | sum(1, n, lambda i: sum(1, n, lambda j: B(i, j)*inv(n, A, j, i))) - n - log(det(n, B)) + log(det(n, A)) \
    | definite(A, n), definite(B, n)
form      | sum(1, n, lambda i: sum(1, n, lambda j: F(i)*F(j)*M(i, j)))         | definite(M, n)
form-inv  | sum(1, n, lambda i: sum(1, n, lambda j: F(i)*F(j)*inv(n, M, i, j))) | definite(M, n)
"""

RULES = """
length       | sum(a, b, lambda i: 1) = b - a + 1 | whole(b - a + 1)
take-out     | sum(a, b, lambda i: c*F(i)) = c*sum(a, b, F) | total(c)
factor       | sum(a, b, lambda i: c*F(i)) = c*sum(a, b, F) | whole(b - a)
put-in       | c*sum(a, b, F) = sum(a, b, lambda i: c*F(i)) |
pick         | sum(a, b, lambda i: delta(i - e)*F(i)) = F(e) | among(e, a, b)
pick-0       | sum(a, b, lambda i: delta(i - e)) = 1 - delta(e - a + 1) | among(e, a - 1, b)
swap         | sum(a, b, lambda i: sum(c, d, lambda j: F(i, j))) = sum(c, d, lambda j: sum(a, b, lambda i: F(i, j))) |
last         | sum(a, b + 1, F) = sum(a, b, F) + F(b + 1) | whole(b - a + 1)
first        | sum(a, b, F) = F(a) + sum(a + 1, b, F) | whole(b - a)
shift        | sum(a, b, F) = sum(a + c, b + c, lambda i: F(i - c)) | integer(c)
same         | delta(0) = 1 |
differ       | delta(d) = 0 | nonzero(d)
turned       | delta(d) = delta(-d) |
square       | delta(d)**2 = delta(d) |
equal        | delta(x - y)*F(x) = delta(x - y)*F(y) | total(F(y))
is-0         | delta(b) = 1 - b | binary(b)
is-1         | delta(b - 1) = b | binary(b)
binary       | b**2 = b | binary(b)
above-2      | above(x)**2 = above(x) |
yes          | above(x) = 1 | positive(x)
no           | above(x) = 0 | nonnegative(-x)
unless       | above(-x) = 1 - above(x) | nonzero(x)
exp-0        | exp(0) = 1 |
exp-mul      | exp(x)*exp(y) = exp(x + y) |
exp-split    | exp(x + y) = exp(x)*exp(y) |
exp-power    | exp(x)**q = exp(q*x) |
exp-log      | exp(x + q*log(y)) = exp(x)*y**q |
exp-raised   | exp(x + z*log(y)) = exp(x)*raised(y, z) |
log-1        | log(1) = 0 |
log-exp      | log(exp(x)*y) = x + log(y) | positive(y)
log-mul      | log(x*y) = log(x) + log(y) | positive(x), positive(y)
log-power    | log(x**q) = q*log(x) | nonnegative(x), positive(x**q)
log-raised   | log(raised(x, z)*y) = z*log(x) + log(y) | positive(x), positive(y)
log-prod     | log(prod(a, b, F)*y) = sum(a, b, lambda i: log(F(i))) + log(y) | positive(F, a, b), positive(y)
group-mul    | (x*y)**q = x**q*y**q | integer(q)
root-mul     | (x*y)**q = x**q*y**q | positive(x), nonnegative(y)
root-power   | (x**p)**q = x**(p*q) | positive(x)
scaled       | x**q = c**q*(x/c)**q | rational(c), nonzero(c), integer(q)
scaled-2     | x**q = c**q*(x/c)**q | positive(c), total(c)
share        | x/(x + y) = 1 - y/(x + y) |
apart        | 1/x/(x + y) = 1/x/y - 1/y/(x + y) | nonzero(y)
raised       | raised(x, q) = x**q | rational(q)
raised-sum   | raised(x, q + z) = x**q*raised(x, z) | positive(x)
raised-split | raised(x, y + z) = raised(x, y)*raised(x, z) | positive(x)
raised-one   | raised(1, y) = 1 |
raised-times | raised(x, q*z) = raised(x, z)**q | positive(x), rational(q)
raised-mul   | raised(x*y, z) = raised(x, z)*raised(y, z) | positive(x), positive(y)
raised-pow   | raised(x**q, z) = raised(x, q*z) | positive(x)
raised-exp   | raised(exp(x)*y, z) = exp(x*z)*raised(y, z) | positive(y)
one-of-two   | raised(x, b) = 1 - b + b*x | binary(b), nonzero(x)
other        | raised(x, 1 - b) = b + (1 - b)*x | binary(b), nonzero(x)
bernoulli    | exp(b*x) = 1 - b + b*exp(x) | binary(b)
logistic     | logistic(x) = 1/(1 + exp(-x)) |
tanh         | tanh(x) = (exp(x) - exp(-x))/(exp(x) + exp(-x)) |
abs-2        | abs(x)**2 = x**2 |
abs-mul      | abs(x*y) = abs(x)*abs(y) |
abs-power    | abs(x**q) = abs(x)**q |
abs          | abs(x) = x | nonnegative(x)
prod-mul     | prod(a, b, lambda i: F(i)*G(i)) = prod(a, b, F)*prod(a, b, G) |
prod-const   | prod(a, b, lambda i: c) = raised(c, b - a + 1) | positive(c), total(c), whole(b - a + 1)
prod-exp     | prod(a, b, lambda i: exp(F(i))) = exp(sum(a, b, F)) |
prod-power   | prod(a, b, lambda i: F(i)**q) = prod(a, b, F)**q | positive(F, a, b)
prod-raise   | prod(a, b, lambda i: raised(c, F(i))) = raised(c, sum(a, b, F)) | positive(c), total(c)
prod-pick    | prod(a, b, lambda i: raised(F(i), delta(i - e))) = F(e) | positive(F, a, b), among(e, a, b)
int-out      | int(r, s, lambda v: c*F(v)) = c*int(r, s, F) |
int-sum      | int(r, s, lambda v: sum(a, b, lambda i: F(i, v))) = sum(a, b, lambda i: int(r, s, lambda v: F(i, v))) |
density      | int(r, s, P) = 1 | density(P, r, s)
normal-0     | int(n, 1, lambda v: exp(-sum(1, n, lambda i: (at(v, i) - M(i))**2/(2*C(i))))) \
    = prod(1, n, lambda i: (2*pi()*C(i))**(1/2)) | positive(C, 1, n), whole(n - 1)
normal-1     | int(n, 1, lambda v: at(v, j)*exp(-sum(1, n, lambda i: (at(v, i) - M(i))**2/(2*C(i))))) \
    = M(j)*prod(1, n, lambda i: (2*pi()*C(i))**(1/2)) | positive(C, 1, n), among(j, 1, n)
normal-2     | int(n, 1, lambda v: at(v, j)*at(v, k)*exp(-sum(1, n, lambda i: (at(v, i) - M(i))**2/(2*C(i))))) \
    = (M(j)*M(k) + delta(j - k)*C(j))*prod(1, n, lambda i: (2*pi()*C(i))**(1/2)) \
    | positive(C, 1, n), among(j, 1, n), among(k, 1, n)
normal-3     | int(n, 1, lambda v: at(v, j)*at(v, k)*at(v, l) \
    * exp(-sum(1, n, lambda i: (at(v, i) - M(i))**2/(2*C(i))))) = prod(1, n, lambda i: (2*pi()*C(i))**(1/2)) \
    * (M(j)*M(k)*M(l) + delta(j - k)*C(j)*M(l) + delta(j - l)*C(j)*M(k) + delta(k - l)*C(k)*M(j)) \
    | positive(C, 1, n), among(j, 1, n), among(k, 1, n), among(l, 1, n)
normal-4     | int(n, 1, lambda v: at(v, j)*at(v, k)*at(v, l)*at(v, m) \
    * exp(-sum(1, n, lambda i: (at(v, i) - M(i))**2/(2*C(i))))) = prod(1, n, lambda i: (2*pi()*C(i))**(1/2)) \
    * (M(j)*(M(k)*M(l)*M(m) + delta(k - l)*C(k)*M(m) + delta(k - m)*C(k)*M(l) + delta(l - m)*C(l)*M(k)) \
    + delta(j - k)*C(j)*(M(l)*M(m) + delta(l - m)*C(l)) + delta(j - l)*C(j)*(M(k)*M(m) + delta(k - m)*C(k)) \
    + delta(j - m)*C(j)*(M(k)*M(l) + delta(k - l)*C(k))) \
    | positive(C, 1, n), among(j, 1, n), among(k, 1, n), among(l, 1, n), among(m, 1, n)
left-inv     | sum(1, n, lambda k: inv(n, M, i, k)*M(k, j)) = delta(i - j) | among(i, 1, n), among(j, 1, n)
right-inv    | sum(1, n, lambda k: M(i, k)*inv(n, M, k, j)) = delta(i - j) | among(i, 1, n), among(j, 1, n)
inv-turned   | inv(n, lambda r, c: M(c, r), i, j) = inv(n, M, j, i) |
inv-scaled   | inv(n, lambda r, c: s*M(r, c), i, j) = inv(n, M, i, j)/s |
det-turned   | det(n, lambda r, c: M(c, r)) = det(n, M) |
inv-inv      | inv(n, lambda r, c: inv(n, M, r, c), i, j) = M(i, j) | among(i, 1, n), among(j, 1, n)
inv-diag     | inv(n, lambda r, c: delta(r - c)*F(r), i, j) = delta(i - j)/F(i) | among(i, 1, n), among(j, 1, n)
det-diag     | det(n, lambda r, c: delta(r - c)*F(r)) = prod(1, n, F) |
det-inv      | det(n, lambda r, c: inv(n, M, r, c)) = 1/det(n, M) |
det-one      | det(n, lambda r, c: delta(r - c)) = 1 |
det-scaled   | det(n, lambda r, c: s*M(r, c)) = raised(s, n)*det(n, M) | positive(s)
"""

# Words that many pages share. Short and spoken to children; plain to adults.
list-and = { $first } and { $last }
decimal-point = .
help = Help
hear = Hear it
back = Back
next = Next
tools = Tools
other-ways = Other ways in
not-me = Not me
next-child = Next child
sign-out = Sign out
offline = No connection. Your answers are safe on this tablet and are sent when it is back.
i-can = I can { $skill }
progress = Question { $at } of { $total }
qr-label = Code to photograph for { $address }
class-learners = { $count ->
    [one] 1 learner
   *[other] { $count } learners
 }

# Sums in words
math-plus = plus
math-minus = minus
math-times = times
math-divided = divided by
math-equals = equals
math-less = is less than
math-greater = is greater than
math-over = over
math-power = to the power of
math-blank = blank

# A teacher's pages
tabs = Pages of the class
tab-classes = Classes
tab-today = Today
tab-grid = Skill grid
tab-let-in = Let in
teach-hello = Good to see you, { $name }
teach-none-heading = You have no class yet
teach-none = Make one here, or ask the person who looks after the box.
class-new = New class
class-name = Name of the class
class-grade = Grade
class-grade-0 = before grade 1
class-names = Names of the children, one on each line
class-make = Make the class
class-trouble-name = A class has a name of 1 to 40 letters.
class-trouble-learner = “{ $name }” is no name for a child here: 1 to 40 letters, one child on each line.
class-trouble-many = At most 120 children are in a class.
class-empty = Nobody is in this class yet. Add the children, then make their cards for the way in.
class-add = Add children
class-is-open = The class is open: children may come in.
class-is-closed = The class is closed: nobody comes in, and who was in is out.
class-open = Open the class
class-close = Close the class

presence-stuck = stuck
presence-hand = hand up
presence-working = working
presence-done = was here
presence-waiting = here
presence-away = not here
today-first = Do first
today-first-none = Nobody needs you first just now. Walk around and look at their work.
today-everyone = Everyone else
today-on-skill = { $skill }, { $minutes } min
today-score = { $right } of { $answers } right
first-hand = { $name } has a hand up
first-hand-reason = Go there, or let the child in if it waits at the door.
first-hand-word = Who waits
first-stuck = Sit with { $name }: { $skill }
first-stuck-reason = { $wrong } of the last { $tries } answers are not yet right.
first-stuck-word = See the answers

sign-kept = kept
sign-can = can do
sign-believed = believed, not shown yet
sign-learning = learning
sign-ready = ready now
sign-stuck = stuck
sign-not-yet = not yet

learner-why = Why do we say this?
learner-sure = How sure:
learner-sure-text = { $percent } % that this can be done. We say “can do” at { $mark } %.
learner-change = What would change it:
learner-nothing-yet = Nothing is going on just now.
claim-can = { $name } can do this: { $skill }.
claim-learning = { $name } is learning this: { $skill }.
claim-change-can = Wrong answers at a later review.
claim-change-answers = { $count ->
    [one] 1 more answer. So few say little.
   *[other] { $count } more answers. So few say little.
 }
claim-change-right = Right answers without a hint, three in a row.
claim-change-sure = A few more right answers without a hint.
learner-answers = Last answers
learner-no-answers = No answers yet.
learner-right = right
learner-not-yet = not yet
learner-not-counted = not counted
answer-with-help = with a hint
evidence-last = { $right } of the last { $count } right
ago-now = just now
ago-minutes = { $count ->
    [one] 1 minute ago
   *[other] { $count } minutes ago
 }
ago-hours = { $count ->
    [one] 1 hour ago
   *[other] { $count } hours ago
 }
ago-days = { $count ->
    [one] 1 day ago
   *[other] { $count } days ago
 }
learner-next = What comes next
learner-next-none = Nothing more in this box just now.
learner-strands = Share of each strand
learner-known = { $known } of { $total } skills.
learner-skills = Skills with evidence
learner-way-in = The way in
learner-code = Picture code
learner-code-new = These are the new pictures, in this order. They are shown only now.
learner-code-why = The pictures are kept so that nobody can look them up. If they are forgotten, make new ones.
learner-code-make = Make new pictures
let-in-one = Let { $name } in

same-title = Is this child here twice?
same-what = When two boxes are brought together, or a name was typed twice, one child can be here twice. Say which other entry is { $name } too: from then on there is one { $name }, with the work of both.
same-safe = Nothing is lost, and you can part them again.
same-nobody = Nobody here has a name like this one.
same-join = This is the same child
same-others = { $count ->
    [one] One other child
   *[other] { $count } other children
 }
same-joined = One child
same-joined-what = These entries are { $name } too. Their work counts for { $name }.
same-part = They are two children
same-look = Look for a second entry

grid-strands = Another strand
grid-label = Learners and skills
grid-learners = { $count ->
    [one] 1 learner
   *[other] { $count } learners
 }
grid-sum = can do

let-in-title = Who may come in?
let-in-how = The child touches “Ask my teacher” on the tablet. Touch its name here, and the tablet opens.
let-in-waiting = hand up
let-in-done = { $name } may come in now.

cards-title = Cards for the way in
cards-for = A card for { $name }
cards-what = A child photographs its card with the tablet and is in. A card holds no name. The cards and your list are shown once, to print and cut.
cards-ends = { $count ->
    [one] The card from before ends: it opens nothing any more.
   *[other] Cards from before end: they open nothing any more. { $count } children get a new one.
 }
cards-pictures = Make new picture codes too. Otherwise only children without pictures get some.
cards-make = { $count ->
    [one] Make the card
   *[other] Make { $count } cards
 }
cards-now = Print now: they are shown only this once.
cards-list = the teacher’s list
cards-keep = Keep this sheet where children do not see it.
cards-number = Card
cards-child = Child
cards-as-before = as before
card-qr = Code of card { $number }
learner-card = Make a card

next-reason-opens-most = { $count ->
    [one] It opens 1 more skill.
   *[other] It opens { $count } more skills.
 }
next-reason-plan = It is next in the class.
next-reason-today = Begun today.
next-reason-yesterday = Begun last time.
next-reason-first = A good place to begin.
next-reason-little-lately = Little { $domain } lately.
next-reason-other-domain = Something else for a change: { $domain }.
next-reason-other-strand = It makes a change.
next-reason-almost = Nearly there.
next-reason-new = New, and all that it needs is known.
next-reason-pinned = Chosen by the teacher.
next-reason-review = Time to see if it was kept.
class-closed = closed

today-waiting = { $count ->
    [one] 1 answer waits on a tablet that { $name } used. Let { $name } sign in there: it comes by itself then.
   *[other] { $count } answers wait on a tablet that { $name } used. Let { $name } sign in there: they come by themselves then.
 }
today-late = { $count ->
    [one] 1 answer of today came late, from a tablet that had no connection. It counts like all others.
   *[other] { $count } answers of today came late, from tablets that had no connection. They count like all others.
 }
